import { afterEach, describe, expect, it, vi } from "vitest";
import { createRun, getRun, logBatch, unwrap } from "../../index.ts";
import { connectionFailure, createFakeServer, json, refusal } from "../fake-server.ts";

const run = { run: { info: { run_id: "r1" } } };
const reset = () => connectionFailure("ECONNRESET");
const refused = () => connectionFailure("ECONNREFUSED");

describe("a request that is safe to repeat", () => {
  it.each([429, 502, 503, 504])("is sent again after %i", async (status) => {
    const { client, requests } = createFakeServer([() => refusal("BUSY", status), () => json(run)]);
    expect((await getRun(client, "r1"))?.info.run_id).toBe("r1");
    expect(requests).toHaveLength(2);
  });

  it("is sent again, body and all, after its connection broke", async () => {
    const { client, requests } = createFakeServer([reset, () => json({})]);
    const batch = { run_id: "r1", metrics: [{ key: "a", value: 1, timestamp: 1, step: 0 }] };
    await logBatch(client, batch);
    expect(requests).toHaveLength(2);
    expect(await requests[1]?.json()).toEqual(batch);
  });

  it("keeps its id from one attempt to the next", async () => {
    const { client, requests } = createFakeServer([reset, () => json(run)]);
    await getRun(client, "r1");
    const [first, second] = requests.map((request) => request.headers.get("x-request-id"));
    expect(second).toBe(first);
  });

  it("is given up after the last attempt, with the last failure", async () => {
    const { client, requests } = createFakeServer([reset], { maxAttempts: 4 });
    const call = getRun(client, "r1");
    await expect(call).rejects.toMatchObject({
      errorCode: "CONNECTION_FAILED",
      cause: { code: "ECONNRESET" },
    });
    expect(requests).toHaveLength(4);
  });

  it("is not sent again when MLflow itself refused or failed", async () => {
    for (const status of [400, 401, 403, 404, 500]) {
      const { client, requests } = createFakeServer([() => refusal("INTERNAL_ERROR", status)]);
      await expect(getRun(client, "r1")).rejects.toMatchObject({ status });
      expect(requests).toHaveLength(1);
    }
  });
});

describe("a request that creates something", () => {
  it.each(["ECONNRESET", "UND_ERR_SOCKET"])(
    "is not sent again after %s: it may have arrived",
    async (code) => {
      const { client, requests } = createFakeServer([() => connectionFailure(code)]);
      await expect(createRun(client, { experiment_id: "1" })).rejects.toMatchObject({
        errorCode: "CONNECTION_FAILED",
      });
      expect(requests).toHaveLength(1);
    },
  );

  it("is not sent again after 502 and 504, which tell nothing about it", async () => {
    for (const status of [502, 504]) {
      const { client, requests } = createFakeServer([() => refusal("BUSY", status)]);
      await expect(createRun(client, { experiment_id: "1" })).rejects.toMatchObject({ status });
      expect(requests).toHaveLength(1);
    }
  });

  it("is sent again when it cannot have arrived", async () => {
    for (const notDone of [refused, () => refusal("BUSY", 429), () => refusal("BUSY", 503)]) {
      const { client, requests } = createFakeServer([notDone, () => json(run)]);
      await createRun(client, { experiment_id: "1" });
      expect(requests).toHaveLength(2);
    }
  });
});

describe("the pause between attempts", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("is random up to a limit that doubles, and what Retry-After asks for", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(1);
    const waits = vi.spyOn(globalThis, "setTimeout");
    const busy = (seconds: string) => () => json({}, 503, { "retry-after": seconds });
    const answers = [reset, reset, busy("3"), busy("99999"), () => json(run)];
    const { client } = createFakeServer(answers, { maxAttempts: 5, retryDelayMs: 100, timeoutMs: 77 });
    const call = getRun(client, "r1");
    await vi.runAllTimersAsync();
    await call;
    const pauses = waits.mock.calls.map(([, ms]) => ms).filter((ms) => ms !== 77);
    expect(pauses).toEqual([100, 200, 3000, 10_000]);
  });

  it("ends when the caller gives up", async () => {
    vi.useFakeTimers();
    const { client, requests } = createFakeServer([reset], { retryDelayMs: 1e9 });
    const caller = new AbortController();
    const call = unwrap(client.GET("/health", { parseAs: "text", signal: caller.signal })).catch(
      (e: unknown) => e,
    );
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(1);
    caller.abort();
    expect(await call).toMatchObject({ errorCode: "ABORTED" });
  });
});
