import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseLogLines } from "../../../../shared/inference-log/log-lines.ts";
import { readRecords } from "../../../../shared/inference-log/read-window.ts";
import { endSessions } from "../../../../shared/inference-log/totals/end-sessions.ts";
import { computeServiceTotals } from "../../../../shared/inference-log/totals/service-totals.ts";
import { newestTotals } from "../../../../shared/inference-log/totals/session-totals.ts";
import { createTracker, type Tracker } from "../../../../shared/tracking/tracker.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createPredictionEvent,
} from "../../../support/tracking-events.ts";

const hourMs = 3_600_000;

function prepare() {
  const store = createMemoryStore();
  const location = { store, bucket: "bucket", prefix: "" };
  const clock = { nowMs: Date.UTC(2026, 10, 25, 14, 30) };
  const createSession = () =>
    createTracker({
      service: { functionName: "predict", environment: "test", experimentName: "experiment" },
      apiVersion: "1.2.3",
      inferenceLog: { ...location, timeoutMs: 1_000 },
      log: createRecordedLog(),
      now: () => clock.nowMs,
      createId: randomUUID,
    });
  /** As GET /metrics: from little of the log. */
  const readTotals = async (maximumObjects = 5) => {
    const nowMs = clock.nowMs;
    const recent = await readRecords(location, { sinceMs: nowMs - 24 * hourMs, nowMs, maximumObjects });
    return computeServiceTotals(location, recent.records);
  };
  const maintain = async () => {
    const texts = [...store.objects].filter(([key]) => key.includes("/date=")).map(([, text]) => text);
    const records = texts.flatMap((text) =>
      parseLogLines(Buffer.from(text)).flatMap(({ record }) => record ?? []),
    );
    await endSessions(location, newestTotals(records), clock.nowMs);
  };
  const predict = async (session: Tracker, count: number) => {
    for (let index = 0; index < count; index += 1) {
      clock.nowMs += 7;
      await session.trackPrediction(createPredictionEvent());
      await session.flush();
    }
  };
  return { store, location, clock, createSession, readTotals, maintain, predict };
}

describe("the service's totals", () => {
  it("never go down over thousands of predictions, restarts, kills and maintenance", async () => {
    const { clock, createSession, readTotals, maintain, predict } = prepare();
    let expected = 0;
    let shown = 0;
    for (let round = 0; round < 24; round += 1) {
      const session = createSession();
      await predict(session, 150);
      expected += 150;
      const { predictions } = await readTotals();
      expect(predictions).toBe(expected);
      // Every third environment is killed and writes nothing at its end.
      if (round % 3 !== 0) await session.close();
      if (round % 4 === 0) clock.nowMs += 3 * hourMs;
      if (round % 5 === 0) await maintain();
      const later = (await readTotals(0)).predictions;
      expect(later).toBeGreaterThanOrEqual(shown);
      shown = later;
    }
    clock.nowMs += 3 * hourMs;
    await maintain();
    expect(await readTotals(0)).toEqual({ predictions: 3_600, errors: 0, health_checks: 0 });
  });

  it("count what an answer has shown although its records are no longer among the newest", async () => {
    const { clock, createSession, readTotals, predict } = prepare();
    const [first, second] = [createSession(), createSession()];
    await predict(first, 10);
    expect((await readTotals()).predictions).toBe(10);
    await predict(second, 10);
    clock.nowMs += 10;
    expect((await readTotals(3)).predictions).toBe(20);
    expect((await readTotals(0)).predictions).toBe(20);
  });

  it("count errors and health checks, and go on with a session that was taken for ended", async () => {
    const { store, clock, createSession, readTotals, maintain, predict } = prepare();
    const session = createSession();
    await predict(session, 2);
    await session.trackError(createErrorEvent());
    await session.trackHealthCheck(createHealthEvent());
    await session.close();
    clock.nowMs += 3 * hourMs;
    await maintain();
    expect([...store.objects.keys()].filter((key) => key.includes("/sessions/"))).toEqual([]);
    expect(await readTotals(0)).toEqual({ predictions: 2, errors: 1, health_checks: 1 });

    await predict(session, 3);
    expect(await readTotals()).toEqual({ predictions: 5, errors: 1, health_checks: 1 });
    clock.nowMs += 3 * hourMs;
    await maintain();
    expect(await readTotals(0)).toEqual({ predictions: 5, errors: 1, health_checks: 1 });
  });

  it("read as many objects for a session of thousands as for one of few", async () => {
    const { store, createSession, readTotals, predict } = prepare();
    const session = createSession();
    await predict(session, 20);
    const countReads = async () => {
      const before = store.reads.length;
      await readTotals();
      return store.reads.length - before;
    };
    const few = await countReads();
    await predict(session, 3_000);
    expect(await countReads()).toBeLessThanOrEqual(few + 11);
  });
});
