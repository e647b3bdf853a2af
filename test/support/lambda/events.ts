import type { APIGatewayProxyEventV2, ScheduledEvent } from "aws-lambda";
import { createForm } from "../multipart.ts";

export interface HttpRequest {
  method?: string;
  path: string;
  /** What API Gateway matched; `<method> <path>` unless given. */
  routeKey?: string;
  /** As sent, without the question mark. */
  query?: string;
  /** As pairs where a name comes twice. */
  headers?: Record<string, string> | [name: string, value: string][];
  body?: Uint8Array | string;
}

/** Types that an HTTP API hands over as text; every other body arrives in base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml))/;

/**
 * An event of payload format 2.0, as an HTTP API of API Gateway makes it from a request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function apiGatewayEvent(request: HttpRequest): APIGatewayProxyEventV2 {
  const { method = "GET", path, query = "", body } = request;
  const { routeKey = `${method} ${path}` } = request;
  const { cookie, ...sent } = joinRepeated(listHeaders(request), { cookie: "; " });
  const headers: Record<string, string> = {
    accept: "*/*",
    "content-length": String(body === undefined ? 0 : Buffer.byteLength(body)),
    host: "abcdefghij.execute-api.eu-central-1.amazonaws.com",
    "user-agent": "test/1.0",
    "x-amzn-trace-id": "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
    ...sent,
  };
  const isText = textTypes.test(headers["content-type"] ?? "");
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split("; ") }),
    headers,
    ...(query === "" ? {} : { queryStringParameters: joinRepeated([...new URLSearchParams(query)]) }),
    requestContext: {
      accountId: "000000000000",
      apiId: "abcdefghij",
      domainName: headers.host ?? "",
      domainPrefix: "abcdefghij",
      http: {
        method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: "192.0.2.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: `JKJaXmPLvHcESHA=${Math.floor(performance.now())}`,
      routeKey,
      stage: "$default",
      time: "25/Nov/2026:09:00:00 +0000",
      timeEpoch: Date.now(),
    },
    ...(body === undefined
      ? {}
      : { body: isText ? Buffer.from(body).toString("utf8") : Buffer.from(body).toString("base64") }),
    isBase64Encoded: body !== undefined && !isText,
  };
}

function listHeaders({ headers = {} }: HttpRequest): [name: string, value: string][] {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  return pairs.map(([name, value]) => [name.toLowerCase(), value]);
}

/** One value a name: what comes twice is joined by a comma, or by the separator given for it. */
function joinRepeated(
  pairs: [name: string, value: string][],
  separators: Record<string, string> = {},
): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before}${separators[name] ?? ","}${value}`);
  }
  return Object.fromEntries(joined);
}

/** The event of an EventBridge schedule rule. */
export function scheduleEvent(rule: string): ScheduledEvent {
  return {
    version: "0",
    id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    time: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    region: "eu-central-1",
    resources: [`arn:aws:events:eu-central-1:000000000000:rule/${rule}`],
    detail: {},
  };
}

/** A multipart/form-data request with one file in the field `file`. */
export function uploadRequest(content: Uint8Array, fileName = "fundus.jpg"): HttpRequest {
  const { contentType, body } = createForm([{ name: "file", fileName, contentType: "image/jpeg", content }]);
  return { method: "POST", path: "/predict", headers: { "content-type": contentType }, body };
}
