import type { ServerResponse } from "node:http";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** The function ran into its timeout. */
export class TimeoutError extends Error {}
/** The function threw, could not be loaded, or ended its process. */
export class FunctionError extends Error {}

/** The response of an HTTP API to a function's result, payload format 2.0: a result without a status is the body of a 200. */
export function toGatewayResponse(result: unknown): APIGatewayProxyStructuredResultV2 {
  if (typeof result === "object" && result !== null && "statusCode" in result) {
    return result as APIGatewayProxyStructuredResultV2;
  }
  const body = typeof result === "string" ? result : JSON.stringify(result);
  return { statusCode: 200, headers: { "content-type": "application/json" }, body };
}

/** The response when the function returned no result, in API Gateway's own words. */
export function toFailureResponse(error: unknown): APIGatewayProxyStructuredResultV2 {
  return error instanceof TimeoutError
    ? toJsonResponse(504, { message: "Endpoint request timed out" })
    : toJsonResponse(500, { message: "Internal Server Error" });
}

export function toJsonResponse(statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** @param added headers of the gateway itself, which replace the function's */
export function writeResponse(
  response: ServerResponse,
  result: APIGatewayProxyStructuredResultV2,
  added: Record<string, string> = {},
): void {
  const { statusCode = 200, headers = {}, cookies, body = "", isBase64Encoded = false } = result;
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  response.writeHead(statusCode, {
    ...(statusCode !== 204 && { "content-type": "text/plain", "content-length": bytes.length }),
    ...lowerCased(headers),
    ...(cookies !== undefined && { "set-cookie": cookies }),
    ...added,
  });
  response.end(bytes);
}

const lowerCased = (headers: Record<string, boolean | number | string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
