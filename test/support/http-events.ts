import type { APIGatewayProxyEventV2, Context } from "aws-lambda";

interface RequestParts {
  method?: string;
  path?: string;
  /** What API Gateway matched; `<method> <path>` unless given. */
  routeKey?: string;
  contentType?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
}

/** An event as API Gateway sends it for an HTTP API, payload format 2.0: bytes in base64, text as it is. */
export function createHttpEvent(parts: RequestParts = {}): APIGatewayProxyEventV2 {
  const { method = "POST", path = "/predict", contentType, headers = {}, body } = parts;
  const routeKey = parts.routeKey ?? `${method} ${path}`;
  const isBase64Encoded = body instanceof Uint8Array;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: { host: "api.example", ...(contentType && { "content-type": contentType }), ...headers },
    requestContext: {
      accountId: "123456789012",
      apiId: "api",
      domainName: "api.example",
      domainPrefix: "api",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "gateway-request",
      routeKey,
      stage: "$default",
      time: "25/Nov/2026:10:00:00 +0000",
      timeEpoch: Date.UTC(2026, 10, 25, 10),
    },
    ...(body !== undefined && { body: isBase64Encoded ? Buffer.from(body).toString("base64") : body }),
    isBase64Encoded,
  };
}

/** What the runtime gives a handler beside the event. */
export function createLambdaContext(parts: { requestId?: string; remainingMs?: number } = {}): Context {
  const { requestId = "11111111-1111-4111-8111-111111111111", remainingMs = 20_000 } = parts;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: "predict",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:eu-central-1:123456789012:function:predict",
    memoryLimitInMB: "1024",
    logGroupName: "/aws/lambda/predict",
    logStreamName: "stream",
    getRemainingTimeInMillis: () => remainingMs,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
