import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { apiGatewayEvent } from "./events.ts";
import type { ExecutionEnvironment } from "./execution-environment.ts";
import type { Answer } from "./runtime-api.ts";

/** Lambda's limit of a synchronous event. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEventBytes = 6 * 1024 * 1024;

export interface GatewayOptions<Function> {
  /** Route key, e.g. `POST /predict` or `$default`, to the function that answers it. */
  routes: Map<string, Function>;
  /** Starts an environment of a function, when its first request comes or the one before has ended. */
  start(target: Function): Promise<ExecutionEnvironment>;
}

export interface Gateway {
  /** http://127.0.0.1:port */
  address: string;
  stop(): Promise<void>;
}

/** An HTTP API of API Gateway in front of the Lambda emulator, one environment a function. */
export async function startGateway<Function>({ routes, start }: GatewayOptions<Function>): Promise<Gateway> {
  const functions = new Map<Function, FunctionQueue>();
  const queueOf = (target: Function): FunctionQueue => {
    const queue = functions.get(target) ?? new FunctionQueue(() => start(target));
    functions.set(target, queue);
    return queue;
  };

  const answer = async (request: IncomingMessage): Promise<APIGatewayProxyStructuredResultV2> => {
    const event = await readEvent(request, [...routes.keys()]);
    const target = routes.get(event.routeKey);
    if (target === undefined) return say(404, "Not Found");
    if (Buffer.byteLength(JSON.stringify(event)) > maxEventBytes) return say(413, "Request Entity Too Large");
    return toResult(await queueOf(target).invoke(event));
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (result) => write(response, result),
      (error: unknown) => response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      await Promise.all([...functions.values()].map((queue) => queue.stop()));
    },
  };
}

/** Gives a function's environment one event at a time, each once the one before has settled. */
class FunctionQueue {
  readonly #start: () => Promise<ExecutionEnvironment>;
  #environment: ExecutionEnvironment | undefined;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(start: () => Promise<ExecutionEnvironment>) {
    this.#start = start;
  }

  async invoke(event: APIGatewayProxyEventV2): Promise<Answer> {
    const turn = this.#settled;
    const finished = Promise.withResolvers<void>();
    this.#settled = finished.promise;
    await turn;
    try {
      this.#environment ??= await this.#start();
    } catch (error) {
      finished.resolve();
      return { ok: false, payload: { errorType: "Init", errorMessage: String(error) }, clientMs: 0 };
    }
    const { answered, settled } = this.#environment.start(event);
    void settled.then(({ payload }) => {
      if (hasEnded(payload)) this.#environment = undefined;
      finished.resolve();
    });
    return answered;
  }

  async stop(): Promise<void> {
    await this.#settled;
    await this.#environment?.shutdown();
  }
}

/** What Lambda says of an environment that is gone. */
const endings = ["Runtime.ExitError", "Sandbox.Timedout"];
const errorTypeOf = (payload: unknown) => (payload as { errorType?: string } | null)?.errorType ?? "";
const hasEnded = (payload: unknown) => endings.includes(errorTypeOf(payload));

async function readEvent(request: IncomingMessage, routeKeys: string[]): Promise<APIGatewayProxyEventV2> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "GET", url = "/", rawHeaders } = request;
  const [path = "/", query = ""] = url.split("?");
  const routeKey = routeKeys.find((key) => key === `${method} ${path}`) ?? "$default";
  const body = Buffer.concat(chunks);
  return apiGatewayEvent({
    ...{ method, path, query, routeKey, headers: toPairs(rawHeaders) },
    ...(body.length > 0 && { body }),
  });
}

function toPairs(rawHeaders: string[]): [name: string, value: string][] {
  return rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ""]] : []));
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function toResult({ ok, payload }: Answer): APIGatewayProxyStructuredResultV2 {
  if (!ok) {
    return errorTypeOf(payload) === "Sandbox.Timedout"
      ? say(504, "Endpoint request timed out")
      : say(500, "Internal Server Error");
  }
  if (typeof payload === "object" && payload !== null && "statusCode" in payload) {
    return payload as APIGatewayProxyStructuredResultV2;
  }
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  return { statusCode: 200, headers: { "content-type": "application/json" }, body };
}

function say(statusCode: number, message: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  };
}

function write(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies, body = "", isBase64Encoded = false } = result;
  response.writeHead(statusCode, {
    "content-type": "text/plain",
    ...lowerCased(headers),
    ...(cookies !== undefined && { "set-cookie": cookies }),
  });
  response.end(Buffer.from(body, isBase64Encoded ? "base64" : "utf8"));
}

const lowerCased = (headers: Record<string, boolean | number | string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
