import createOpenApiClient, { type Client } from "openapi-fetch";
import { MlflowError } from "./error.ts";
import type { paths } from "./generated/schema.d.ts";
import { parseTrackingUri } from "./tracking-uri.ts";
import { type Credentials, renderAuthorization } from "./transport/authorization.ts";
import { createFetch } from "./transport/create-fetch.ts";
import { serializePath } from "./transport/serialize-path.ts";
import type { Fetch } from "./transport/transport-options.ts";

export interface MlflowClientOptions extends Credentials {
  /** Address of the tracking server, for example `http://localhost:5000`; it may carry a path and credentials. */
  trackingUri: string;
  /** Workspace of a server that has several. */
  workspace?: string | undefined;
  /** Limit of one attempt, headers and body together; for a streamed body, limit of each pause. Default 30,000. */
  timeoutMs?: number | undefined;
  /** Attempts in total for a request that is safe to repeat. Default 3; 1 turns retries off. */
  maxAttempts?: number | undefined;
  /** Upper limit of the random pause before the second attempt; it doubles with each further one. Default 200. */
  retryDelayMs?: number | undefined;
  /** Another implementation of fetch. */
  fetch?: Fetch | undefined;
}

/**
 * Every operation of MLflow's REST API by path, typed. The functions of this package take it as their first argument.
 */
export interface MlflowClient extends Client<paths> {
  /** Address of the server, without credentials and trailing slash. */
  readonly trackingUri: string;
  /** For bodies that are read or written as a stream: the timeout limits each pause, and nothing is sent twice. */
  readonly streamFetch: Fetch;
}

/**
 * Creates a client of an MLflow server's REST API.
 *
 * Every request opens its own connection: on one that is kept open, MLflow with several workers answers 40 ms later, and it may
 * be dead after an execution environment was frozen.
 *
 * @throws MlflowError when `trackingUri` is not the http(s) address of a server, or a number is too small.
 *
 * @example
 * ```ts
 * const client = createMlflowClient({ trackingUri: "http://localhost:5000" });
 * const { data, error } = await client.GET("/api/2.0/mlflow/runs/get", { params: { query: { run_id } } });
 * ```
 */
export function createMlflowClient(options: MlflowClientOptions): MlflowClient {
  expectAtLeast("timeoutMs", options.timeoutMs, 1);
  expectAtLeast("maxAttempts", options.maxAttempts, 1);
  expectAtLeast("retryDelayMs", options.retryDelayMs, 0);
  const { address, ...fromUri } = parseTrackingUri(options.trackingUri);
  const authorization = renderAuthorization({ ...fromUri, ...definedCredentials(options) });
  const transport = {
    timeoutMs: options.timeoutMs ?? 30_000,
    maxAttempts: options.maxAttempts ?? 3,
    retryDelayMs: options.retryDelayMs ?? 200,
    fetch: options.fetch ?? globalThis.fetch,
  };
  const client = createOpenApiClient<paths>({
    baseUrl: address,
    fetch: createFetch(transport),
    Request: RequestOnDemand,
    pathSerializer: serializePath,
    headers: {
      connection: "close",
      ...(authorization !== undefined && { authorization }),
      ...(options.workspace !== undefined && { "x-mlflow-workspace": options.workspace }),
    },
  });
  const streamFetch = createFetch({ ...transport, maxAttempts: 1, isStream: true });
  return Object.assign(client, { trackingUri: address, streamFetch });
}

/** Naming the global Request loads undici, which takes 15 ms: put off until there is something to send. */
const RequestOnDemand = function makeRequest(input: string | URL | Request, init?: RequestInit): Request {
  return new Request(input, init);
} as unknown as typeof Request;

function definedCredentials({ username, password, token }: Credentials): Credentials {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(token === undefined ? {} : { token }),
  };
}

function expectAtLeast(name: string, value: number | undefined, minimum: number): void {
  if (value === undefined || value >= minimum) return;
  const message = `Expected a number of at least ${minimum} for ${name} but received ${value}`;
  throw new MlflowError(message, { errorCode: "INVALID_PARAMETER_VALUE" });
}
