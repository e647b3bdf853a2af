import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { TimeoutError } from "./execution-environment.ts";
import type { HapiResponse, HapiToolkit } from "./serverless-types.ts";

/** What an HTTP API answers with a function's result, payload format 2.0. */
export function createGatewayResponse(result: unknown, toolkit: HapiToolkit): HapiResponse {
  const { statusCode, headers, body, cookies, isBase64Encoded } = toStructured(result);
  const bytes = isBase64Encoded ? Buffer.from(body ?? "", "base64") : (body ?? "");
  const response = toolkit
    .response(bytes)
    .code(statusCode ?? 200)
    .charset("");
  for (const [name, value] of Object.entries({ "content-type": "text/plain", ...headers })) {
    response.header(name, String(value));
  }
  for (const cookie of cookies ?? []) response.header("set-cookie", cookie, { append: true });
  return response.takeover();
}

/** A result without a status is the body of a 200. */
function toStructured(result: unknown): APIGatewayProxyStructuredResultV2 {
  if (typeof result === "object" && result !== null && "statusCode" in result) {
    return result as APIGatewayProxyStructuredResultV2;
  }
  const body = typeof result === "string" ? result : JSON.stringify(result);
  return { statusCode: 200, headers: { "content-type": "application/json" }, body };
}

/** What the caller gets when the function itself gave no result: API Gateway says no more. */
export function createFailureResponse(error: unknown, toolkit: HapiToolkit): HapiResponse {
  return error instanceof TimeoutError
    ? jsonResponse(504, { message: "Endpoint request timed out" }, toolkit)
    : jsonResponse(500, { message: "Internal Server Error" }, toolkit);
}

export function jsonResponse(status: number, body: unknown, toolkit: HapiToolkit): HapiResponse {
  return toolkit
    .response(JSON.stringify(body))
    .code(status)
    .header("content-type", "application/json")
    .charset("")
    .takeover();
}
