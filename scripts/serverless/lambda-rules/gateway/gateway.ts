import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { waitAtMost } from "../../../../shared/resilience/wait-at-most.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";
import { type CorsConfiguration, corsHeaders, isPreflight } from "./cors.ts";
import { createGatewayEvent, splitUrl } from "./gateway-event.ts";
import { toFailureResponse, toGatewayResponse, toJsonResponse, writeResponse } from "./gateway-response.ts";
import { matchRoute } from "./match-route.ts";

/** API Gateway's limit for a body. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const maxBodyBytes = 10 * 1024 * 1024;
/** Lambda's limit for a synchronous event. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEventBytes = 6 * 1024 * 1024;
/** How long a refused body is still read: otherwise a caller that is still sending would see a reset connection, not the response. */
const longestUploadMs = 10_000;

export interface GatewayOptions<Target> {
  /** Route key, e.g. `POST /predict` or `$default`, to the function that answers it. */
  routes: ReadonlyMap<string, Target>;
  /** @throws TimeoutError, FunctionError */
  invoke(target: Target, event: APIGatewayProxyEventV2): Promise<unknown>;
  cors?: CorsConfiguration | undefined;
  authorize?: AuthorizeRequest | undefined;
  onFailure?: (target: Target, error: unknown) => void;
}

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Creates an HTTP API like API Gateway's, with its limits and Lambda's, in front of functions. */
export function createGateway<Target>(options: GatewayOptions<Target>): RequestListener {
  return (request, response) => {
    const preflight = options.cors !== undefined && isPreflight(request);
    const answer = preflight ? Promise.resolve({ statusCode: 204 }) : answerRequest(request, options);
    answer.then(
      (result) => writeResponse(response, result, corsHeaders(request, options.cors, preflight)),
      // The request was cut off, so nobody waits for a response.
      () => response.destroy(),
    );
  };
}

async function answerRequest<Target>(
  request: IncomingMessage,
  { routes, invoke, authorize = openToAll, onFailure }: GatewayOptions<Target>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const receivedMs = Date.now();
  const body = await readBody(request);
  if (body === undefined) {
    const detail = "Expected at most 10 MB, API Gateway's limit, but received more";
    return refuse(detail, { message: "Request Entity Too Large" });
  }

  const { method = "GET", url = "/", rawHeaders } = request;
  const route = matchRoute(routes.keys(), method, splitUrl(url).path);
  const target = routes.get(route.routeKey);
  if (target === undefined) return toJsonResponse(404, { message: "Not Found" });

  const remoteAddress = request.socket.remoteAddress ?? "";
  const event = createGatewayEvent({ method, url, rawHeaders, body, remoteAddress, receivedMs }, route);
  if (countBytes(event) > maxEventBytes) {
    return refuse(
      "Expected a request that Lambda takes, at most 6 MB with its body in base64 (about 4.5 MB of image), " +
        `but received a body of ${body.length} bytes`,
    );
  }
  try {
    const decision = await authorize(event);
    if ("refusal" in decision) return decision.refusal;
    if (decision.authorizer !== undefined) Object.assign(event.requestContext, decision);
    return toGatewayResponse(await invoke(target, event));
  } catch (error) {
    onFailure?.(target, error);
    return toFailureResponse(error);
  }
}

const openToAll: AuthorizeRequest = async () => ({ authorizer: undefined });

/** In the service's own form, which says what the limit is; above 10 MB with API Gateway's own words, too. */
const refuse = (detail: string, ofGateway: { message?: string } = {}) =>
  toJsonResponse(413, { ...ofGateway, error: "payload_too_large", detail });

/** Adds the body's length without rendering it: base64 has nothing to escape, and rendering megabytes takes time. */
function countBytes(event: APIGatewayProxyEventV2): number {
  return Buffer.byteLength(JSON.stringify({ ...event, body: undefined })) + (event.body?.length ?? 0);
}

/** Reads the body. Undefined when it is over API Gateway's limit; it is then read to its end, or for ten seconds. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const collect = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
  };
  request.on("data", collect);
  const ended = once(request, "end");
  if (Number(request.headers["content-length"] ?? 0) <= maxBodyBytes) {
    await ended;
  } else {
    await waitAtMost(ended, longestUploadMs);
    return undefined;
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks, bytes) : undefined;
}
