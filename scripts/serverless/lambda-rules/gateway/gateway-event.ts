import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { MatchedRoute } from "./match-route.ts";

/** A request as received, with its whole body. */
export interface ReceivedRequest {
  method: string;
  /** Path and query, as sent. */
  url: string;
  /** Name, value, name, value ..., as received. */
  rawHeaders: string[];
  body: Buffer;
  remoteAddress: string;
  /** Milliseconds since 1970. */
  receivedMs: number;
}

/** Content types that an HTTP API passes on as text; every other body arrives in base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml)\b)/i;

/**
 * Creates the event that an HTTP API of API Gateway makes of a request, payload format 2.0: repeated headers and query
 * parameters joined by commas, cookies apart, absent parts left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function createGatewayEvent(
  request: ReceivedRequest,
  { routeKey, pathParameters }: MatchedRoute,
): APIGatewayProxyEventV2 {
  const { method, url, receivedMs } = request;
  const { cookie, ...headers } = joinHeaders(request.rawHeaders);
  const { path, queryString } = splitUrl(url);
  const query = joinQuery(new URLSearchParams(queryString));
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: queryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers,
    ...(query !== undefined && { queryStringParameters: query }),
    ...(pathParameters !== undefined && { pathParameters }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: request.remoteAddress,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: new Date(receivedMs).toUTCString(),
      timeEpoch: receivedMs,
    },
    ...createBody(request.body, headers["content-type"]),
  };
}

/** Splits a request's target into path and query; the query has no question mark. */
export function splitUrl(url: string): { path: string; queryString: string } {
  const [path = "/", ...query] = url.split("?");
  return { path, queryString: query.join("?") };
}

function createBody(body: Buffer, contentType = "") {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = textTypes.test(contentType);
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

/** @param rawHeaders name, value, name, value ..., as received */
function joinHeaders(rawHeaders: string[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    const value = rawHeaders[i + 1] as string;
    const separator = name === "cookie" ? "; " : ",";
    joined[name] = name in joined ? `${joined[name]}${separator}${value}` : value;
  }
  return joined;
}

function joinQuery(parameters: URLSearchParams): Record<string, string> | undefined {
  const names = [...new Set(parameters.keys())];
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, parameters.getAll(name).join(",")]));
}
