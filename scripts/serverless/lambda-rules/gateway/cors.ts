import type { IncomingMessage } from "node:http";

/** `httpApi.cors` of serverless.yml, completed. */
export interface CorsConfiguration {
  allowedOrigins: string[];
  allowedHeaders?: string[];
  allowedMethods?: string[];
  exposedResponseHeaders?: string[];
  /** Seconds. */
  maxAge?: number;
}

/** Whether a browser is asking if it may send another request, which API Gateway answers without a function. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** The headers by which an HTTP API lets pages of other origins read its responses; none for an unknown origin. */
export function corsHeaders(
  { headers: { origin } }: IncomingMessage,
  cors: CorsConfiguration | undefined,
  preflight: boolean,
): Record<string, string> {
  const allowed = cors?.allowedOrigins.find((candidate) => candidate === "*" || candidate === origin);
  if (cors === undefined || origin === undefined || allowed === undefined) return {};
  const lists = preflight
    ? {
        "access-control-allow-headers": cors.allowedHeaders,
        "access-control-allow-methods": cors.allowedMethods,
        "access-control-max-age": cors.maxAge === undefined ? [] : [String(cors.maxAge)],
      }
    : { "access-control-expose-headers": cors.exposedResponseHeaders };
  const named = Object.entries(lists).flatMap(([name, values = []]) =>
    values.length === 0 ? [] : [[name, values.join(",")]],
  );
  return { "access-control-allow-origin": allowed, ...Object.fromEntries(named) };
}
