import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { FunctionPool } from "./function-pool.ts";
import { createGatewayEvent } from "./gateway-event.ts";
import { createFailureResponse, createGatewayResponse, jsonResponse } from "./gateway-response.ts";
import type { HapiError, HapiRequest, HapiServer, HapiToolkit, Serverless } from "./serverless-types.ts";

/** Lambda's limit of a synchronous event. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEventBytes = 6 * 1024 * 1024;
/** How long a body that is refused anyway is still read. */
const longestUploadMs = 10_000;

interface Log {
  error(message: string): void;
}

/**
 * Puts an HTTP API with Lambda's limits between serverless-offline's server and the functions: it finds the route and
 * answers preflight requests, all else of a request happens here.
 */
export function addGateway(server: HapiServer, serverless: Serverless, pool: FunctionPool, log: Log): void {
  const functionOf = mapRoutes(serverless);
  passUnchanged(server);

  server.ext("onPreHandler", async (request, toolkit) => {
    const routeKey = routeKeyOf(request);
    const functionKey = functionOf.get(routeKey);
    if (functionKey === undefined) return toolkit.continue;

    const event = createGatewayEvent(request, routeKey);
    const eventBytes =
      Buffer.byteLength(JSON.stringify({ ...event, body: undefined })) + (event.body?.length ?? 0);
    if (eventBytes > maxEventBytes) return refuseLargeEvent(request.payload?.length ?? 0, toolkit);
    try {
      return createGatewayResponse(await pool.invoke(functionKey, event), toolkit);
    } catch (error) {
      log.error(`${functionKey}: ${error instanceof Error ? error.message : error}`);
      return createFailureResponse(error, toolkit);
    }
  });

  server.ext("onPreResponse", async (request, toolkit) => {
    if (!request.response.isBoom) return toolkit.continue;
    nameError(request.response);
    if (request.response.output.statusCode === 413) await readToEnd(request);
    return toolkit.continue;
  });
}

/** hapi would refuse content types it cannot read, compress answers and give parts of them; an HTTP API does none of it. */
function passUnchanged(server: HapiServer): void {
  server.settings.compression = false;
  for (const { settings } of server.table()) {
    settings.response.ranges = false;
    if (settings.payload) settings.payload.override = "application/octet-stream";
  }
}

function mapRoutes({ service }: Serverless): Map<string, string> {
  const routes = new Map<string, string>();
  for (const functionKey of service.getAllFunctions()) {
    for (const { httpApi } of service.getFunction(functionKey).events ?? []) {
      if (httpApi === undefined) continue;
      const route = typeof httpApi === "string" ? httpApi : `${httpApi.method.toUpperCase()} ${httpApi.path}`;
      routes.set(route === "*" || route === "* *" ? "$default" : route, functionKey);
    }
  }
  return routes;
}

/** hapi answers HEAD with the GET route; an HTTP API does not. */
function routeKeyOf({ method, route }: HapiRequest): string {
  if (method === "head" || route.method === "*") return "$default";
  return `${route.method.toUpperCase()} ${route.path}`;
}

function refuseLargeEvent(bodyBytes: number, toolkit: HapiToolkit) {
  const detail =
    `Expected a request that Lambda takes, at most 6 MB with its body in base64 (about 4.5 MB of image), ` +
    `but received a body of ${bodyBytes} bytes`;
  return jsonResponse(413, { error: "payload_too_large", detail }, toolkit);
}

/** A caller that is still sending when the answer comes would see a reset connection instead of it. */
async function readToEnd({ raw: { req } }: HapiRequest): Promise<void> {
  if (req.readableEnded || req.destroyed) return;
  req.resume();
  await Promise.race([
    once(req, "end"),
    once(req, "close"),
    sleep(longestUploadMs, undefined, { ref: false }),
  ]);
}

/** Errors of the server itself, such as a body over 10 MB, in the service's own form. */
function nameError({ output, message }: HapiError): void {
  const names: Record<number, string> = {
    400: "invalid_request",
    404: "not_found",
    413: "payload_too_large",
  };
  output.payload = {
    error: names[output.statusCode] ?? "internal_error",
    detail:
      output.statusCode === 413 ? "Expected at most 10 MB, API Gateway's limit, but received more" : message,
  };
}
