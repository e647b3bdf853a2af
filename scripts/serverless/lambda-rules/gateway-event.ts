import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { HapiRequest } from "./serverless-types.ts";

/** Content types an HTTP API hands over as text; every other body arrives in base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml)\b)/i;

/**
 * The event an HTTP API of API Gateway makes of a request, payload format 2.0: repeated headers and query parameters
 * joined by commas, cookies apart, absent parts left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function createGatewayEvent(request: HapiRequest, routeKey: string): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = joinHeaders(request.raw.req.rawHeaders);
  const query = joinQuery(request.url.searchParams);
  const method = request.method.toUpperCase();
  const path = request.url.pathname;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: request.raw.req.url?.split("?")[1] ?? "",
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers,
    ...(query !== undefined && { queryStringParameters: query }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: request.info.remoteAddress,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: new Date(request.info.received).toUTCString(),
      timeEpoch: request.info.received,
    },
    ...createBody(request.payload, headers["content-type"]),
  };
}

function createBody(payload: Buffer | null | undefined, contentType = "") {
  if (payload == null || payload.length === 0) return { isBase64Encoded: false };
  const isText = textTypes.test(contentType);
  return { body: payload.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

/** @param rawHeaders name, value, name, value ..., as they came */
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
