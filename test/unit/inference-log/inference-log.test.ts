import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createInferenceLog } from "../../../shared/inference-log/inference-log.ts";
import { parseLogKey } from "../../../shared/inference-log/log-keys.ts";
import { parseLogLines } from "../../../shared/inference-log/log-lines.ts";
import { createS3Sink } from "../../../shared/inference-log/sinks/s3-sink.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import { createTestSession, testStartMs } from "../../support/test-session.ts";
import { createHealthEvent, createPredictionEvent } from "../../support/tracking-events.ts";

/** A store whose writes end when the test says so. */
function createHeldStore() {
  const writes: { key: string; body: string; succeed: () => void; fail: (error: Error) => void }[] = [];
  return {
    writes,
    warm: async () => {},
    putObject: (_bucket: string, key: string, body: string | Uint8Array) =>
      new Promise<string>((resolve, reject) => {
        writes.push({ key, body: String(body), succeed: () => resolve("etag"), fail: reject });
      }),
  };
}

function createTestLog({ timeoutMs = 10_000, startMs = testStartMs, store = createHeldStore() } = {}) {
  const clock = { nowMs: startMs };
  const log = createRecordedLog();
  const session = createTestSession(startMs);
  const inferenceLog = createInferenceLog({
    sink: createS3Sink({ store, bucket: "bucket" }),
    prefix: "",
    sessionId: session.id,
    timeoutMs,
    log,
    now: () => clock.nowMs,
  });
  const append = () => inferenceLog.append(session.recordPrediction(createPredictionEvent()));
  return { clock, inferenceLog, log, session, store, append };
}

/** Lets everything that is not held go on. */
const settle = () => sleep(0);

const stepsIn = (body: string) => parseLogLines(Buffer.from(body)).map(({ record }) => record?.step);

afterEach(() => {
  vi.useRealTimers();
});

describe("inference log", () => {
  it("prepares its sink before the first record, and goes on if that fails", async () => {
    const store = createHeldStore();
    let prepared = 0;
    store.warm = async () => {
      prepared += 1;
      throw new Error("no credentials yet");
    };
    const { append } = createTestLog({ store });
    expect(prepared).toBe(1);

    const answer = append();
    store.writes[0]?.succeed();
    expect(await answer).toBe(true);
  });

  it("lets an answer go once its record is in S3, not before", async () => {
    const { append, store } = createTestLog();
    let isAnswered = false;
    const answer = append().then((isWritten) => {
      isAnswered = true;
      return isWritten;
    });

    await settle();
    expect(isAnswered).toBe(false);
    store.writes[0]?.succeed();

    expect(await answer).toBe(true);
    expect(parseLogKey(store.writes[0]?.key ?? "")).toMatchObject({
      newestMs: testStartMs + 1,
      predictions: 1,
    });
  });

  it("writes records that come during a write together with the next", async () => {
    const { append, inferenceLog, session, store } = createTestLog();
    const answers = [append(), append(), append()];
    inferenceLog.add(session.recordHealthCheck(createHealthEvent()));

    store.writes[0]?.succeed();
    await settle();
    store.writes[1]?.succeed();
    await Promise.all(answers);

    expect(store.writes.map(({ body }) => stepsIn(body))).toEqual([[1], [2, 3, 1]]);
    expect(store.writes[1]?.key).toMatch(/-2-p2\.jsonl$/);
    const times = parseLogLines(Buffer.from(store.writes[1]?.body ?? "")).map(
      ({ record }) => record?.timestamp_ms ?? 0,
    );
    expect(new Set(times).size).toBe(3);
    expect(parseLogKey(store.writes[1]?.key ?? "")?.newestMs).toBe(Math.max(...times));
    expect(inferenceLog.state()).toEqual({ status: "reachable", pending: 0, dropped: 0 });
  });

  it("keeps the records of different hours in objects of their own", async () => {
    const { append, store } = createTestLog({ startMs: Date.UTC(2026, 10, 25, 14, 59, 59, 997) });
    const answers = [append(), append(), append(), append()];
    for (let written = 0; written < 3; written += 1) {
      store.writes[written]?.succeed();
      await settle();
    }
    await Promise.all(answers);

    const hours = store.writes.map(({ key }) => /hour=\d\d/.exec(key)?.[0]);
    expect(hours).toEqual(["hour=14", "hour=14", "hour=15"]);
  });

  it("waits no longer than its timeout, and then not at all until the write succeeds", async () => {
    const { append, inferenceLog, log, store } = createTestLog({ timeoutMs: 5 });

    expect(await append()).toBe(false);
    expect(inferenceLog.state()).toMatchObject({
      status: "unreachable",
      lastError: "The inference log took longer than 5 ms",
    });
    expect(await append()).toBe(false);
    expect(store.writes).toHaveLength(1);

    store.writes[0]?.succeed();
    await settle();
    store.writes[1]?.succeed();
    await settle();

    expect(inferenceLog.state()).toEqual({ status: "reachable", pending: 0, dropped: 0 });
    expect(log.lines.map(({ level }) => level)).toEqual(["warn", "info"]);
  });

  it("keeps what could not be written, under the same key, and writes it when a try is due", async () => {
    const { append, clock, inferenceLog, store } = createTestLog();
    const first = append();
    const second = append();
    store.writes[0]?.fail(new Error("refused"));

    expect([await first, await second]).toEqual([false, false]);
    expect(inferenceLog.state()).toEqual({
      status: "unreachable",
      pending: 2,
      dropped: 0,
      lastError: "refused",
    });
    await append();
    expect(store.writes).toHaveLength(1);

    clock.nowMs += 60_000;
    const drained = inferenceLog.drain({ withinMs: 1_000 });
    store.writes[1]?.succeed();
    await settle();
    store.writes[2]?.succeed();
    await drained;

    expect(store.writes[1]?.key).toBe(store.writes[0]?.key);
    expect(store.writes[1]?.body).toBe(store.writes[0]?.body);
    expect(stepsIn(store.writes[2]?.body ?? "")).toEqual([2, 3]);
    expect(inferenceLog.state().status).toBe("reachable");
  });

  it("tries once more although S3 failed a moment ago when it is forced", async () => {
    const { append, inferenceLog, store } = createTestLog();
    const answer = append();
    store.writes[0]?.fail(new Error("refused"));
    await answer;

    await inferenceLog.drain({ withinMs: 5 });
    expect(store.writes).toHaveLength(1);
    await inferenceLog.drain({ withinMs: 5, force: true });
    expect(store.writes).toHaveLength(2);
  });

  it("waits for the end of a pause and tries once more, where there is time, before the process may be frozen", async () => {
    const { append, inferenceLog, store } = createTestLog();
    const answer = append();
    store.writes[0]?.fail(new Error("refused"));
    await answer;

    // The timer that tries in the background stands still in a frozen process.
    inferenceLog.close();
    const drained = inferenceLog.drain({ withinMs: 5_000 });
    await vi.waitFor(() => expect(store.writes).toHaveLength(2), { timeout: 10_000 });
    store.writes[1]?.succeed();
    await drained;
    expect(inferenceLog.state()).toMatchObject({ status: "reachable", pending: 0 });
  });

  it("does so after a failure during the drain, too, and only once", async () => {
    const { append, inferenceLog, store } = createTestLog();
    void append();
    let isOver = false;
    const drained = inferenceLog.drain({ withinMs: 5_000 }).then(() => {
      isOver = true;
    });
    store.writes[0]?.fail(new Error("refused"));
    await vi.waitFor(() => expect(store.writes).toHaveLength(2), { timeout: 10_000 });
    expect(isOver).toBe(false);
    store.writes[1]?.fail(new Error("refused"));
    await drained;
    expect(store.writes).toHaveLength(2);
    expect(inferenceLog.state()).toMatchObject({ status: "unreachable", pending: 1 });
    inferenceLog.close();
  });

  it("gives up the oldest records when too many wait", async () => {
    const { inferenceLog, session, append, store, log } = createTestLog();
    const answer = append();
    store.writes[0]?.fail(new Error("refused"));
    await answer;
    const big = createHealthEvent({ request_id: "x".repeat(1024 * 1024) });
    for (let index = 0; index < 10; index += 1) inferenceLog.add(session.recordHealthCheck(big));

    expect(inferenceLog.state()).toMatchObject({ pending: 8, dropped: 3 });
    expect(log.lines.filter(({ level }) => level === "error")).toMatchObject([
      { message: expect.stringContaining("the oldest are given up"), details: { dropped: 1 } },
    ]);
    void inferenceLog.drain({ withinMs: 0, force: true });
    store.writes[1]?.succeed();
    await settle();
    expect(stepsIn(store.writes[1]?.body ?? "")).toEqual([1]);
    expect(stepsIn(store.writes[2]?.body ?? "")).toEqual([4, 5, 6, 7, 8, 9, 10]);
  });

  it("gives up nothing because of what is written already", async () => {
    const { inferenceLog, session, store } = createTestLog();
    const big = createHealthEvent({ request_id: "x".repeat(1024 * 1024) });
    for (let written = 0; written < 10; written += 1) {
      inferenceLog.add(session.recordHealthCheck(big));
      void inferenceLog.drain({ withinMs: 0 });
      store.writes[written]?.succeed();
      await settle();
    }

    expect(store.writes).toHaveLength(10);
    expect(inferenceLog.state()).toMatchObject({ pending: 0, dropped: 0 });
  });

  it("tries again by itself, though the timer fires before the clock says that it is time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const { append, clock, store } = createTestLog();
    void append();
    store.writes[0]?.fail(new Error("refused"));
    await new Promise(setImmediate);

    clock.nowMs += 499;
    vi.advanceTimersByTime(500);

    expect(store.writes).toHaveLength(2);
  });

  it("counts its pause from the newest failure on, and stops trying when it is closed", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { append, clock, inferenceLog, store } = createTestLog();
    const goOn = async (ms: number) => {
      clock.nowMs += ms;
      vi.advanceTimersByTime(ms);
      await new Promise(setImmediate);
    };
    void append();
    store.writes[0]?.fail(new Error("refused"));
    await goOn(400);
    void inferenceLog.drain({ withinMs: 1_000, force: true });
    store.writes[1]?.fail(new Error("refused"));
    await goOn(0);

    await goOn(999);
    expect(store.writes).toHaveLength(2);
    await goOn(1);
    expect(store.writes).toHaveLength(3);

    store.writes[2]?.fail(new Error("refused"));
    await goOn(0);
    inferenceLog.close();
    await goOn(60_000);
    expect(store.writes).toHaveLength(3);
  });

  it("goes on when the clock was set back by an hour", async () => {
    const { append, clock, store } = createTestLog();
    const answer = append();
    store.writes[0]?.fail(new Error("refused"));
    await answer;

    clock.nowMs -= 3_600_000;
    await append();

    expect(store.writes).toHaveLength(2);
  });
});
