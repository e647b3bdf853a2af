import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** Input of a route. */
export interface HttpRequest {
  /** API Gateway's event, payload format 2.0. */
  readonly event: APIGatewayProxyEventV2;
  readonly requestId: string;
  /** Aborted when the caller has got 504 while the route still works. */
  readonly signal?: AbortSignal;
}

/** Output of a route, in the form that API Gateway takes; header names in lower case. */
export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  /** Whether `body` is base64 of bytes that are not text. */
  isBase64Encoded?: boolean;
}

export type Route = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

interface ResponseOptions {
  /** Default 200. */
  statusCode?: number;
  headers?: Record<string, string>;
}

/** A response with `value` as JSON. */
export function jsonResponse(value: unknown, options: ResponseOptions = {}): HttpResponse {
  return textResponse("application/json", JSON.stringify(value), options);
}

/** A response with text of another content type, e.g. `text/html; charset=utf-8`. */
export function textResponse(
  contentType: string,
  body: string,
  { statusCode = 200, headers = {} }: ResponseOptions = {},
): HttpResponse {
  return { statusCode, headers: { "content-type": contentType, ...headers }, body };
}

/** A response that is not text, e.g. `image/png`. */
export function binaryResponse(
  contentType: string,
  body: Buffer,
  options: ResponseOptions = {},
): HttpResponse {
  return { ...textResponse(contentType, body.toString("base64"), options), isBase64Encoded: true };
}
