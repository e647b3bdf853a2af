import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What a route is given. */
export interface HttpRequest {
  /** API Gateway's event, payload format 2.0. */
  readonly event: APIGatewayProxyEventV2;
  readonly requestId: string;
}

/** What a route gives back, as API Gateway takes it; header names in lower case. */
export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  /** Whether `body` is base64 of bytes that are not text. */
  isBase64Encoded?: boolean;
}

export type Route = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

interface ResponseOptions {
  /** 200 unless given. */
  statusCode?: number;
  headers?: Record<string, string>;
}

/** An answer with `value` as JSON. */
export function jsonResponse(value: unknown, options: ResponseOptions = {}): HttpResponse {
  return textResponse("application/json", JSON.stringify(value), options);
}

/** An answer with text of another content type, e.g. `text/html; charset=utf-8`. */
export function textResponse(
  contentType: string,
  body: string,
  { statusCode = 200, headers = {} }: ResponseOptions = {},
): HttpResponse {
  return { statusCode, headers: { "content-type": contentType, ...headers }, body };
}

/** An answer that is not text, e.g. `image/png`. */
export function binaryResponse(
  contentType: string,
  body: Buffer,
  options: ResponseOptions = {},
): HttpResponse {
  return { ...textResponse(contentType, body.toString("base64"), options), isBase64Encoded: true };
}
