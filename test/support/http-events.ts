import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { apiGatewayEvent } from "./lambda/events.ts";

interface RequestParts {
  method?: string;
  path?: string;
  /** What API Gateway matched; `<method> <path>` unless given. */
  routeKey?: string;
  contentType?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
}

/** An event as API Gateway sends it to the function whose route it matched. */
export function createHttpEvent(parts: RequestParts = {}): APIGatewayProxyEventV2 {
  const { method = "POST", path = "/predict", contentType, headers = {}, body } = parts;
  const event = apiGatewayEvent({
    method,
    path,
    headers: { ...headers, ...(contentType !== undefined && { "content-type": contentType }) },
    ...(body !== undefined && { body }),
  });
  return { ...event, routeKey: parts.routeKey ?? event.routeKey };
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
