import { describe, expect, it } from "vitest";
import { compactWithJournal } from "../../../shared/inference-log/compaction-journal.ts";
import { parseLogKey } from "../../../shared/inference-log/log-keys.ts";
import { readLogObject } from "../../../shared/inference-log/log-object.ts";
import { readHours } from "../../../shared/inference-log/read-hours.ts";
import { createMemoryLog } from "../../support/memory-log.ts";
import { createTestSession } from "../../support/test-session.ts";
import { createHealthEvent } from "../../support/tracking-events.ts";
import { predictionOf } from "../labels/prediction-of.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const firstMs = Date.parse("2026-11-25T12:00:00Z");
const period = { sinceMs: firstMs, untilMs: firstMs + 3 * hourMs };
const limits = { maximumObjects: 1_000, maximumRecords: 5_000 };

function createLog() {
  const log = createMemoryLog();
  const { location } = log;
  return {
    ...log,
    async compact(...keys: string[]): Promise<void> {
      const objects = [];
      for (const key of keys) objects.push({ key, lines: (await readLogObject(location, key)) ?? [] });
      await compactWithJournal(location, parseLogKey(keys[0] ?? "")?.hourMs ?? 0, objects);
    },
    read: (options = {}) => readHours(location, { ...period, ...limits, ...options }),
  };
}

type Log = ReturnType<typeof createLog>;

/** Predictions by the hour of the day. */
async function countHours(log: Log): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { hourMs: startMs, summary } of (await log.read()).hours) {
    const hour = new Date(startMs).toISOString().slice(11, 13);
    expect(counts[hour]).toBeUndefined();
    counts[hour] = summary.groups.reduce((sum, { predictions }) => sum + predictions, 0);
  }
  return counts;
}

/** Two objects of one part of a compaction, the second with records of the hour after, and one that stays. */
function createStraddlingLog() {
  const log = createLog();
  const at = (minutes: number) => predictionOf(firstMs + minutes * minuteMs);
  const keys = [
    log.write([at(1), at(2)]),
    log.deliver(firstMs + 59.5 * minuteMs, [at(59.5), at(60.25), at(60.5)]),
  ];
  log.write([at(70), at(75)]);
  return { ...log, keys };
}
const straddling = { "12": 3, "13": 4 };

describe("the hours of the log", () => {
  it("have what is compacted, and what is not, also in the same hour", async () => {
    const log = createStraddlingLog();
    expect(await countHours(log)).toEqual(straddling);
    await log.compact(...log.keys);
    expect(await countHours(log)).toEqual(straddling);
    expect((await log.read()).records).toHaveLength(2);
  });

  it.each(["{ cut off", undefined])(
    "are not complete where a summary cannot be read, and have the others: %s",
    async (damaged) => {
      const log = createLog();
      for (const hour of [0, 1]) await log.compact(log.write([predictionOf(firstMs + hour * hourMs)]));
      const [key = ""] = [...log.store.objects.keys()].filter((name) => name.includes("summaries/"));
      const hours = await log.read();
      if (damaged === undefined) log.store.objects.delete(key);
      else log.store.objects.set(key, damaged);

      expect(await countHours({ ...log, read: async () => hours })).toEqual({ "13": 1 });
      expect(hours.isComplete()).toBe(false);
    },
  );

  it("have what is not compacted of hours before those that are, since an old hour may wait", async () => {
    const log = createLog();
    log.write([predictionOf(firstMs)]);
    await log.compact(log.write([predictionOf(firstMs + hourMs)]));
    expect(await countHours(log)).toEqual({ "12": 1, "13": 1 });
  });

  it.each([false, true])(
    "have answers behind any number of health checks, compacted: %s",
    async (isCompacted) => {
      const log = createLog();
      const session = createTestSession(firstMs + 2 * hourMs);
      const keys = [log.write([predictionOf(firstMs)])];
      for (let count = 0; count < 50; count += 1)
        keys.push(log.write([session.recordHealthCheck(createHealthEvent())]));
      if (isCompacted) await log.compact(...keys);

      const hours = await log.read({ maximumObjects: 10 });

      expect(hours.isComplete()).toBe(true);
      expect(hours.records).toHaveLength(isCompacted ? 0 : 1);
      expect(await countHours({ ...log, read: async () => hours })).toEqual({ "12": 1 });
    },
  );

  it("are those of the period alone", async () => {
    const log = createLog();
    for (const offsetMs of [-1, 0, 3 * hourMs - 1, 3 * hourMs]) log.write([predictionOf(firstMs + offsetMs)]);
    expect(await countHours(log)).toEqual({ "12": 1, "14": 1 });
    expect(await countHours({ ...log, read: () => log.read({ sinceMs: firstMs + hourMs }) })).toEqual({
      "14": 1,
    });
  });

  it("have, of an object with records on both sides of the period's beginning or end, those of the period", async () => {
    const log = createLog();
    const at = (minutes: number) => predictionOf(firstMs + minutes * minuteMs);
    log.deliver(firstMs - minuteMs, [at(-1), at(-0.01), at(0), at(1)]);
    log.deliver(firstMs + 179 * minuteMs, [at(179), at(180)]);
    expect(await countHours(log)).toEqual({ "12": 2, "14": 1 });
  });

  it("have a record that Firehose, whose clock is ahead, delivered into the next day", async () => {
    const log = createLog();
    const midnightMs = firstMs + 12 * hourMs;
    const record = predictionOf(midnightMs - 2 * minuteMs);
    log.deliver(midnightMs + 2 * minuteMs, [record]);
    const { records } = await log.read({ untilMs: midnightMs - minuteMs });
    expect(records).toEqual([record]);
  });

  it.each(Array.from({ length: 8 }, (_, step) => step))(
    "have each record once after a compaction that was cut off before its step %i",
    async (last) => {
      const log = createStraddlingLog();
      const { putObject, deleteObjects } = log.store;
      let step = 0;
      const goOn = async () => {
        if (step === last) throw new Error("cut off");
        step += 1;
      };
      log.store.putObject = async (...parameters) => {
        await goOn();
        return putObject(...parameters);
      };
      log.store.deleteObjects = async (bucket, keys) => {
        for (const key of keys) {
          await goOn();
          await deleteObjects(bucket, [key]);
        }
      };
      await log.compact(...log.keys).catch(() => {});
      expect(step).toBe(last);
      Object.assign(log.store, { putObject, deleteObjects });
      expect(await countHours(log)).toEqual(straddling);
    },
  );

  it.each(Array.from({ length: 16 }, (_, call) => call))(
    "have each record once when all is compacted before call %i of S3",
    async (wanted) => {
      const log = createStraddlingLog();
      const { listPage, getObject } = log.store;
      let call = 0;
      const compactInTime = async () => {
        call += 1;
        if (call !== wanted + 1) return;
        Object.assign(log.store, { listPage, getObject });
        await log.compact(...log.keys);
      };
      log.store.listPage = async (...parameters) => {
        await compactInTime();
        return listPage.call(log.store, ...parameters);
      };
      log.store.getObject = async (...parameters) => {
        await compactInTime();
        return getObject(...parameters);
      };
      expect(await countHours(log)).toEqual(straddling);
    },
  );

  it("say that the oldest of what is not compacted is missing where there is more than is read", async () => {
    const log = createLog();
    for (let index = 0; index < 33; index += 1) log.write([predictionOf(firstMs + index * minuteMs)]);
    const all = await log.read({ maximumObjects: 33 });
    expect(all.isComplete()).toBe(true);
    expect(all.records).toHaveLength(33);
    const few = await log.read({ maximumObjects: 32 });
    expect(few.isComplete()).toBe(false);
    expect(few.records.map(({ timestamp_ms }) => timestamp_ms)).not.toContain(firstMs);
    const fewer = await log.read({ maximumRecords: 20 });
    expect(fewer.isComplete()).toBe(false);
    expect(fewer.records).toHaveLength(20);
    expect(fewer.records.map(({ timestamp_ms }) => timestamp_ms)).toContain(firstMs + 32 * minuteMs);
  });
});
