import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseLogLines } from "../../../../shared/inference-log/log-lines.ts";
import { readRecords } from "../../../../shared/inference-log/read-window.ts";
import { endSessions } from "../../../../shared/inference-log/totals/end-sessions.ts";
import {
  computeServiceTotals,
  seenTotalsKey,
} from "../../../../shared/inference-log/totals/service-totals.ts";
import { newestTotals, sessionTotalsPrefix } from "../../../../shared/inference-log/totals/session-totals.ts";
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

  it("count a session once that was shown, and then nobody asked for a month", async () => {
    const { store, clock, createSession, readTotals, maintain, predict } = prepare();
    const first = createSession();
    await predict(first, 10);
    expect((await readTotals()).predictions).toBe(10);
    await first.close();
    clock.nowMs += 3 * hourMs;
    await maintain();

    for (const key of store.objects.keys()) if (key.includes("/date=")) store.objects.delete(key);
    clock.nowMs += 40 * 24 * hourMs;
    const second = createSession();
    await predict(second, 1);
    await second.close();
    clock.nowMs += 3 * hourMs;
    await maintain();
    expect((await readTotals(0)).predictions).toBe(11);
    await maintain();
    expect((await readTotals(0)).predictions).toBe(11);
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

  it("are kept only where the sessions have not written as much themselves, and only once", async () => {
    const { store, createSession, readTotals, predict } = prepare();
    const session = createSession();
    await predict(session, 10);
    const written = countWrites(store);
    expect((await readTotals()).predictions).toBe(10);
    expect((await readTotals()).predictions).toBe(10);
    expect(written.get(seenTotalsKey(""))).toBe(1);

    await session.close();
    store.objects.delete(seenTotalsKey(""));
    written.clear();
    expect((await readTotals()).predictions).toBe(10);
    expect([...written.keys()]).toEqual([]);
  });

  it.each([0, 4])(
    "include what another call keeps at the same moment, after %i predictions",
    async (before) => {
      const { store, createSession, readTotals, predict } = prepare();
      const session = createSession();
      await predict(session, before);
      await readTotals();
      await predict(session, 10 - before);
      const other = { predictions: 100, errors: 0, health_checks: 0 };
      const { getObject } = store;
      store.getObject = async (bucket, key) => {
        const object = await getObject(bucket, key);
        if (key === seenTotalsKey("")) {
          store.getObject = getObject;
          store.objects.set(key, JSON.stringify({ other }));
        }
        return object;
      };
      expect((await readTotals()).predictions).toBe(110);
      expect((await readTotals(0)).predictions).toBe(110);
    },
  );

  it("are given up after five tries when other calls change them again and again", async () => {
    const { store, createSession, readTotals, predict } = prepare();
    await predict(createSession(), 10);
    let tries = 0;
    store.putObject = async () => {
      tries += 1;
      return undefined;
    };
    await expect(readTotals()).rejects.toThrow("changed the totals again and again");
    expect(tries).toBe(5);
  });

  it("count a session once that maintenance ends between listing and reading", async () => {
    const { store, clock, createSession, readTotals, maintain, predict } = prepare();
    const session = createSession();
    await predict(session, 10);
    await session.close();
    clock.nowMs += 3 * hourMs;
    const { getObject } = store;
    store.getObject = async (bucket, key) => {
      if (key.startsWith(sessionTotalsPrefix(""))) {
        store.getObject = getObject;
        await maintain();
      }
      return getObject(bucket, key);
    };
    expect((await readTotals(0)).predictions).toBe(10);
    expect([...store.objects.keys()].filter((key) => key.includes("/sessions/"))).toEqual([]);
  });
});

/** How often each key is written from now on. */
function countWrites(store: ReturnType<typeof createMemoryStore>): Map<string, number> {
  const written = new Map<string, number>();
  const { putObject } = store;
  store.putObject = (bucket, key, ...rest) => {
    written.set(key, (written.get(key) ?? 0) + 1);
    return putObject(bucket, key, ...rest);
  };
  return written;
}
