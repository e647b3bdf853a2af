import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { registerAfterResponse } from "../../../shared/runtime/after-response.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";

const log = createRecordedLog();
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));

describe("where nothing freezes the process", () => {
  it("starts the work after the answer, and its failure harms nobody", async () => {
    const afterResponse = await registerAfterResponse({ runtimeApi: undefined, log });
    const work = vi.fn(() => Promise.reject(new Error("MLflow is down")));
    afterResponse.run(work);
    await afterResponse.answered("request-1");
    expect(work).not.toHaveBeenCalled();
    await turn();
    expect(work).toHaveBeenCalledOnce();
    expect(log.lines.at(-1)).toMatchObject({ level: "error", message: "Work after the answer failed" });
  });
});

/** Lambda's extensions API as far as an internal extension sees it. */
class ExtensionsApi {
  readonly server: Server;
  refuse = false;
  waiting: ServerResponse | undefined;

  constructor() {
    this.server = createServer((request, response) => this.answer(request, response));
  }
  private answer(request: IncomingMessage, response: ServerResponse) {
    if (!request.url?.endsWith("/register")) this.waiting = response;
    else if (this.refuse) response.writeHead(403).end();
    else response.writeHead(200, { "lambda-extension-identifier": "id-1" }).end("{}");
  }
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  /** True once the extension asks for the next event: the environment may be frozen. */
  async isIdle(): Promise<boolean> {
    for (let i = 0; i < 1_000 && !this.waiting; i++) await sleep(10);
    return this.waiting !== undefined;
  }
  invoke(requestId: string, timeoutMs = 20_000) {
    const response = this.waiting;
    this.waiting = undefined;
    response?.end(JSON.stringify({ eventType: "INVOKE", requestId, deadlineMs: Date.now() + timeoutMs }));
  }
}

describe("on Lambda", () => {
  const api = new ExtensionsApi();
  const exit = vi.fn();
  afterEach(() => {
    api.server.closeAllConnections();
    api.server.close();
    api.waiting = undefined;
    exit.mockClear();
  });

  it("keeps the environment awake until the work is done", async () => {
    const afterResponse = await registerAfterResponse({ runtimeApi: await api.listen(), log, exit });
    for (const requestId of ["request-1", "request-2"]) {
      expect(await api.isIdle()).toBe(true);
      api.invoke(requestId);
      const { promise, resolve } = Promise.withResolvers<void>();
      afterResponse.run(() => promise);
      await afterResponse.answered(requestId);
      await sleep(30);
      expect(api.waiting).toBeUndefined();
      resolve();
      expect(await api.isIdle()).toBe(true);
    }
  });

  it("waits for the answer of the event it was told of, not of an earlier one", async () => {
    const afterResponse = await registerAfterResponse({ runtimeApi: await api.listen(), log, exit });
    await api.isIdle();
    api.invoke("request-1");
    await afterResponse.answered("request-0");
    await sleep(30);
    expect(api.waiting).toBeUndefined();
    await afterResponse.answered("request-1");
    expect(await api.isIdle()).toBe(true);
  });

  it("lets the environment go 200 ms before the deadline although the work hangs, and not earlier", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const until = async (isTrue: () => boolean) => {
      while (!isTrue()) await turn();
    };
    const afterResponse = await registerAfterResponse({ runtimeApi: await api.listen(), log, exit });
    await until(() => api.waiting !== undefined);
    api.invoke("request-1", 1_000);
    afterResponse.run(() => new Promise(() => {}));
    await afterResponse.answered("request-1");
    await until(() => vi.getTimerCount() === 1);
    vi.advanceTimersByTime(799);
    for (let turns = 0; turns < 50; turns++) await turn();
    expect(api.waiting).toBeUndefined();
    vi.advanceTimersByTime(1);
    await until(() => api.waiting !== undefined);
  });

  it("ends the process when Lambda's events are lost, rather than hang every later invocation", async () => {
    await registerAfterResponse({ runtimeApi: await api.listen(), log, exit });
    await api.isIdle();
    api.waiting?.writeHead(500).end();
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(1), { timeout: 10_000 });
  });

  it("awaits the work before the answer when the extension is refused", async () => {
    api.refuse = true;
    const afterResponse = await registerAfterResponse({ runtimeApi: await api.listen(), log, exit });
    api.refuse = false;
    let done = false;
    afterResponse.run(async () => {
      await sleep(20);
      done = true;
    });
    await afterResponse.answered("request-1");
    expect(done).toBe(true);
  });
});
