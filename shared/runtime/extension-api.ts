import http from "node:http";
import * as z from "zod";

/** An INVOKE event of the extensions API. */
export interface InvokeEvent {
  requestId: string;
  /** Milliseconds since 1970 at which Lambda ends the function. */
  deadlineMs: number;
}

const invokeEventSchema = z.object({
  eventType: z.literal("INVOKE"),
  requestId: z.string(),
  deadlineMs: z.number(),
});

/**
 * Registers this process as an internal extension for INVOKE events; an internal extension cannot get SHUTDOWN events.
 * Lambda accepts it only in the init phase.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 *
 * @returns the extension's identifier
 * @throws Error when Lambda refuses
 */
export async function registerExtension(runtimeApi: string, name: string): Promise<string> {
  const response = await call(runtimeApi, "POST", "register", {
    headers: { "lambda-extension-name": name, "content-type": "application/json" },
    body: JSON.stringify({ events: ["INVOKE"] }),
  });
  const identifier = response.headers["lambda-extension-identifier"];
  if (response.status !== 200 || typeof identifier !== "string") {
    throw new Error(
      `Expected Lambda to register the extension but received ${response.status} ${response.body}`,
    );
  }
  return identifier;
}

/**
 * Asks for the next event. The environment may be frozen meanwhile, for hours.
 *
 * @throws Error when Lambda responds with anything but an INVOKE event
 */
export async function nextEvent(runtimeApi: string, identifier: string): Promise<InvokeEvent> {
  const response = await call(runtimeApi, "GET", "event/next", {
    headers: { "lambda-extension-identifier": identifier },
  });
  if (response.status !== 200) throw new Error(`Expected the next event but received ${response.status}`);
  return invokeEventSchema.parse(JSON.parse(response.body));
}

interface ExtensionResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/**
 * Sends a request with node:http, without a timeout and on a connection of its own. fetch would give up after 300 s,
 * and every later invocation would then wait for an extension that no longer asks.
 */
function call(
  runtimeApi: string,
  method: string,
  path: string,
  { headers, body }: { headers: Record<string, string>; body?: string },
): Promise<ExtensionResponse> {
  return new Promise((resolve, reject) => {
    const url = `http://${runtimeApi}/2020-01-01/extension/${path}`;
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
      response.on("error", reject);
    });
    request.on("error", reject).end(body);
  });
}
