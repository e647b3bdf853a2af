import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a caller of the function sees, and when. */
export interface Answer {
  ok: boolean;
  payload: unknown;
  /** Milliseconds until the response was posted: how long the caller waits. */
  clientMs: number;
}
/** The answer, and how long the environment stayed awake for it. */
export interface Invocation extends Answer {
  /** Milliseconds until the runtime and every extension asked for their next event. */
  busyMs: number;
}

interface Extension {
  name: string;
  events: string[];
  waiting: ServerResponse | undefined;
}
interface Current {
  requestId: string;
  startedAt: number;
  posted: Answer | undefined;
  answered: (answer: Answer) => void;
  settled: (invocation: Invocation) => void;
}

export interface RuntimeApiEvents {
  /** Runtime and extensions all wait for their next event: the environment may be frozen. */
  onIdle(): void;
  onInitError(error: Error): void;
}

const functionArn = "arn:aws:lambda:eu-central-1:000000000000:function:test";

/**
 * A server that speaks Lambda's runtime API (2018-06-01) and extensions API (2020-01-01) to one execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */
export class RuntimeApi {
  readonly #extensions = new Map<string, Extension>();
  readonly #events: RuntimeApiEvents;
  readonly #server: Server;
  #runtimeWaiting: ServerResponse | undefined;
  #current: Current | undefined;
  #initEnded = false;
  #clockAheadMs = 0;

  constructor(events: RuntimeApiEvents) {
    this.#events = events;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        send(response, 500, { errorType: "Emulator", errorMessage: String(error) });
      });
    });
    // A poll for the next event may last as long as an environment sleeps.
    this.#server.requestTimeout = 0;
    this.#server.headersTimeout = 0;
    this.#server.keepAliveTimeout = 0;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get extensionNames(): string[] {
    return [...this.#extensions.values()].map((extension) => extension.name);
  }

  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  /** Hands one event to the runtime and to the extensions that asked for INVOKE. */
  invoke(event: unknown, timeoutMs: number): { answered: Promise<Answer>; settled: Promise<Invocation> } {
    const runtime = this.#runtimeWaiting;
    if (runtime === undefined || this.#current !== undefined) {
      throw new Error("An execution environment takes one event at a time");
    }
    const requestId = randomUUID();
    const deadlineMs = Date.now() + this.#clockAheadMs + timeoutMs;
    const answered = Promise.withResolvers<Answer>();
    const settled = Promise.withResolvers<Invocation>();
    this.#current = {
      requestId,
      startedAt: performance.now(),
      posted: undefined,
      answered: answered.resolve,
      settled: settled.resolve,
    };
    for (const extension of this.#extensions.values()) {
      if (!extension.events.includes("INVOKE") || extension.waiting === undefined) continue;
      const waiting = extension.waiting;
      extension.waiting = undefined;
      send(waiting, 200, {
        eventType: "INVOKE",
        deadlineMs,
        requestId,
        invokedFunctionArn: functionArn,
      });
    }
    this.#runtimeWaiting = undefined;
    send(runtime, 200, event, {
      "lambda-runtime-aws-request-id": requestId,
      "lambda-runtime-deadline-ms": String(deadlineMs),
      "lambda-runtime-invoked-function-arn": functionArn,
      "lambda-runtime-trace-id": "Root=1-00000000-000000000000000000000000",
    });
    return { answered: answered.promise, settled: settled.promise };
  }

  /** Lambda's clock and the function's are one: deadlines move with it. */
  moveClock(ms: number): void {
    this.#clockAheadMs += ms;
  }

  /** The process is gone: whoever waits for it learns so, as Lambda's callers do. */
  processEnded(reason: string, errorType = "Runtime.ExitError"): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    const busyMs = performance.now() - current.startedAt;
    const answer = current.posted ?? {
      ok: false,
      payload: { errorType, errorMessage: reason },
      clientMs: busyMs,
    };
    current.answered(answer);
    current.settled({ ...answer, busyMs });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(request);
    const [, version, kind, ...rest] = (request.url ?? "").split("/");
    const action = rest.join("/");
    if (version === "2020-01-01" && kind === "extension") {
      return this.#handleExtension(action, request, response, body);
    }
    if (version !== "2018-06-01" || kind !== "runtime") {
      return send(response, 404, { errorType: "NotFound", errorMessage: request.url });
    }
    if (action === "invocation/next") {
      this.#runtimeWaiting = response;
      return this.#settleIfIdle();
    }
    if (action === "init/error") {
      send(response, 202, { status: "OK" });
      const { errorType, errorMessage } = (body ?? {}) as { errorType?: string; errorMessage?: string };
      return this.#events.onInitError(new Error(`${errorType}: ${errorMessage}`));
    }
    const posted = /^invocation\/([^/]+)\/(response|error)$/.exec(action);
    if (posted === null) return send(response, 404, { errorType: "NotFound", errorMessage: action });
    const current = this.#current;
    if (current === undefined || current.requestId !== posted[1] || current.posted !== undefined) {
      return send(response, 400, { errorType: "InvalidRequestID" });
    }
    current.posted = {
      ok: posted[2] === "response",
      payload: body,
      clientMs: performance.now() - current.startedAt,
    };
    send(response, 202, { status: "OK" });
    // The caller has its answer here, whatever still runs in the environment.
    current.answered(current.posted);
  }

  #handleExtension(action: string, request: IncomingMessage, response: ServerResponse, body: unknown): void {
    if (action === "register") return this.#registerExtension(request, response, body);
    const id = request.headers["lambda-extension-identifier"];
    const extension = this.#extensions.get(String(id));
    if (extension === undefined) {
      return send(response, 403, { errorType: "Extension.UnknownExtensionIdentifier" });
    }
    if (action !== "event/next") return send(response, 404, { errorType: "NotFound" });
    extension.waiting = response;
    this.#settleIfIdle();
  }

  #registerExtension(request: IncomingMessage, response: ServerResponse, body: unknown): void {
    const name = request.headers["lambda-extension-name"];
    const events = (body as { events?: string[] } | undefined)?.events ?? [];
    const refuse = (errorType: string) => send(response, 403, { errorType });
    if (this.#runtimeWaiting !== undefined || this.#initEnded) return refuse("Extension.RegistrationClosed");
    if (typeof name !== "string" || this.extensionNames.includes(name)) {
      return refuse("Extension.AlreadyRegistered");
    }
    // Internal extensions live in the runtime's process, as ours does; Lambda sends them no SHUTDOWN.
    if (events.includes("SHUTDOWN")) return refuse("ShutdownEventNotSupportedForInternalExtension");
    const id = randomUUID();
    this.#extensions.set(id, { name, events, waiting: undefined });
    send(
      response,
      200,
      { functionName: "test", functionVersion: "$LATEST", handler: "test" },
      { "lambda-extension-identifier": id },
    );
  }

  #settleIfIdle(): void {
    const allWait =
      this.#runtimeWaiting !== undefined &&
      [...this.#extensions.values()].every((extension) => extension.waiting !== undefined);
    if (!allWait) return;
    this.#initEnded = true;
    const current = this.#current;
    if (current?.posted !== undefined) {
      this.#current = undefined;
      current.settled({ ...current.posted, busyMs: performance.now() - current.startedAt });
    }
    if (this.#current === undefined) this.#events.onIdle();
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? undefined : JSON.parse(text);
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body ?? null);
  response
    .writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
}
