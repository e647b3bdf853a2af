import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { apiGatewayEvent, type HttpRequest } from "./lambda/events.ts";

/** An upload's event as API Gateway sends it to the function whose route it matched; `POST /predict` unless given. */
export function createHttpEvent({
  contentType,
  headers = {},
  ...parts
}: Partial<HttpRequest> & {
  headers?: Record<string, string>;
  contentType?: string;
} = {}): APIGatewayProxyEventV2 {
  return apiGatewayEvent({
    method: "POST",
    path: "/predict",
    ...parts,
    headers: { ...headers, ...(contentType !== undefined && { "content-type": contentType }) },
  });
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
