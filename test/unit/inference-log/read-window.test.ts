import { describe, expect, it } from "vitest";
import { compactHours } from "../../../shared/inference-log/compact-hours.ts";
import { createTableKey, startOfHour } from "../../../shared/inference-log/log-keys.ts";
import { parseLogLine, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { readRecentPredictions, readRecords } from "../../../shared/inference-log/read-window.ts";
import { renderParquet } from "../../../shared/inference-log/table/parquet.ts";
import type { InferenceLogRecord } from "../../../shared/schemas/inference-record.ts";
import { createMemoryLog } from "../../support/memory-log.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import { createTestSession, testStartMs } from "../../support/test-session.ts";
import { createErrorEvent, createHealthEvent, createPredictionEvent } from "../../support/tracking-events.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const predictionAt = (timestampMs: number) =>
  createTestSession(timestampMs - 1).recordPrediction(createPredictionEvent());
const healthAt = (timestampMs: number) =>
  createTestSession(timestampMs - 1).recordHealthCheck(createHealthEvent());
const errorAt = (timestampMs: number) => createTestSession(timestampMs - 1).recordError(createErrorEvent());
const idsOf = (records: readonly InferenceLogRecord[]) => records.map((record) => record.record_id);

describe("readRecentPredictions", () => {
  it("gives the newest over all sessions and hours, oldest first", async () => {
    const { location, write } = createMemoryLog();
    const records = [3 * dayMs, 2 * dayMs, 5 * hourMs, 61 * minuteMs, minuteMs].map((age) =>
      predictionAt(testStartMs - age),
    );
    for (const record of records) write([record]);

    const all = await readRecentPredictions(location, { limit: 100, nowMs: testStartMs });
    const three = await readRecentPredictions(location, { limit: 3, nowMs: testStartMs });

    expect(idsOf(all.records)).toEqual(idsOf(records));
    expect(idsOf(three.records)).toEqual(idsOf(records.slice(2)));
    expect(all).toMatchObject({ brokenLines: 0, isComplete: true });
    expect(three.isComplete).toBe(true);
  });

  it("finds predictions of an environment whose clock is ahead, on the next day already", async () => {
    const { location, write } = createMemoryLog();
    const midnightMs = Date.UTC(2026, 10, 26);
    const ahead = predictionAt(midnightMs + minuteMs);
    write([ahead]);

    const { records } = await readRecentPredictions(location, { limit: 9, nowMs: midnightMs - minuteMs });

    expect(idsOf(records)).toEqual([ahead.record_id]);
  });

  it("reads no object without predictions and few more than it needs", async () => {
    const { location, store, write } = createMemoryLog();
    for (let index = 0; index < 300; index += 1) {
      write([healthAt(testStartMs - index * 1_000)]);
      write([predictionAt(testStartMs - index * 1_000 - 500)]);
    }

    const { records } = await readRecentPredictions(location, { limit: 10, nowMs: testStartMs });

    expect(records).toHaveLength(10);
    expect(store.reads.length).toBeLessThan(50);
    expect(store.reads.every((key) => key.endsWith("-p1.jsonl"))).toBe(true);
    expect((await readRecentPredictions(location, { limit: 16, nowMs: testStartMs })).objectsRead).toBe(16);
  });

  it("leaves out the other records of the objects that it reads", async () => {
    const { location, write } = createMemoryLog();
    const session = createTestSession(testStartMs - minuteMs);
    const [error, prediction] = [
      session.recordError(createErrorEvent()),
      session.recordPrediction(createPredictionEvent()),
    ];
    write([error, prediction]);

    const { records } = await readRecentPredictions(location, { limit: 100, nowMs: testStartMs });

    expect(idsOf(records)).toEqual([prediction.record_id]);
  });

  it("finds the newest in an hour of more objects than a page of S3's listing holds", async () => {
    const { location, write } = createMemoryLog();
    const start = startOfHour(testStartMs);
    for (let index = 0; index < 2_500; index += 1) write([predictionAt(start + 1 + index * 1_000)]);

    const { records, objectsRead } = await readRecentPredictions(location, {
      limit: 100,
      nowMs: start + hourMs,
    });

    expect(records.map((record) => (record.timestamp_ms - start - 1) / 1_000)).toEqual(
      Array.from({ length: 100 }, (_, index) => 2_400 + index),
    );
    expect(objectsRead).toBeLessThan(200);
  });

  it("finds as many as it is asked for, although each lies in an object of its own", async () => {
    const { location, write } = createMemoryLog();
    for (let age = 1; age <= 5_200; age += 1) write([predictionAt(testStartMs - age * 100)]);

    const { records, isComplete } = await readRecentPredictions(location, {
      limit: 5_000,
      nowMs: testStartMs,
    });

    expect(records).toHaveLength(5_000);
    expect(records[0]?.timestamp_ms).toBe(testStartMs - 500_000);
    expect(isComplete).toBe(true);
  });

  it("takes a newer record from an object that was begun earlier", async () => {
    const { location, write } = createMemoryLog();
    // Written together after S3 had been away for half an hour.
    write([predictionAt(testStartMs - 29 * minuteMs), predictionAt(testStartMs - minuteMs)]);
    write([predictionAt(testStartMs - 10 * minuteMs)]);

    const { records } = await readRecentPredictions(location, { limit: 2, nowMs: testStartMs });

    expect(records.map((record) => (testStartMs - record.timestamp_ms) / minuteMs)).toEqual([10, 1]);
  });

  it("reads on while an object further back may hold a newer record", async () => {
    const { location, write } = createMemoryLog();
    write([predictionAt(testStartMs - 29 * minuteMs), predictionAt(testStartMs - minuteMs)]);
    for (let age = 2; age <= 16; age += 1) write([predictionAt(testStartMs - age * minuteMs)]);
    // The objects from here on are read only after the first sixteen.
    for (const age of [20, 60]) write([predictionAt(testStartMs - age * minuteMs)]);

    const { records } = await readRecentPredictions(location, { limit: 17, nowMs: testStartMs });

    expect(records.map((record) => (testStartMs - record.timestamp_ms) / minuteMs)).toEqual([
      20,
      ...Array.from({ length: 16 }, (_, index) => 16 - index),
    ]);
  });

  it("takes each record once from an hour that is half compacted", async () => {
    const { location, store, write } = createMemoryLog();
    const records = [1, 2, 3].map((minutes) => predictionAt(testStartMs - hourMs - minutes * minuteMs));
    for (const record of records) write([record]);
    const key = createTableKey("", {
      hourMs: startOfHour(testStartMs - hourMs),
      newestMs: testStartMs - hourMs,
      hash: "ab",
      predictions: 3,
    });
    await store.putObject("log", key, renderParquet(records.map(renderLogLine).map(parseLogLine)));

    const { records: read } = await readRecentPredictions(location, { limit: 100, nowMs: testStartMs });

    expect(idsOf(read)).toEqual(idsOf(records.toReversed()));
  });

  it("reads again when an object is compacted between listing and reading", async () => {
    const { location, store, write } = createMemoryLog();
    const record = predictionAt(testStartMs - hourMs);
    const key = write([record]);
    const compactedKey = createTableKey("", {
      hourMs: startOfHour(record.timestamp_ms),
      newestMs: record.timestamp_ms,
      hash: "ab",
      predictions: 1,
    });
    const { getObject } = store;
    store.getObject = async (bucket, wanted) => {
      await store.putObject("log", compactedKey, renderParquet([parseLogLine(renderLogLine(record))]));
      store.objects.delete(key);
      return getObject(bucket, wanted);
    };

    const { records } = await readRecentPredictions(location, { limit: 100, nowMs: testStartMs });

    expect(idsOf(records)).toEqual([record.record_id]);
  });

  it("gives up when objects vanish again and again, and says which", async () => {
    const { location, store, write } = createMemoryLog();
    const key = write([predictionAt(testStartMs - minuteMs)]);
    store.getObject = async (_bucket, wanted) => {
      store.reads.push(wanted);
      return undefined;
    };

    await expect(readRecentPredictions(location, { limit: 100, nowMs: testStartMs })).rejects.toThrow(
      `s3://log/${key} was compacted while it was read`,
    );
    expect(store.reads).toEqual([key, key, key]);
  });

  it("says at once that S3 cannot be read", async () => {
    const { location, store, write } = createMemoryLog();
    const key = write([predictionAt(testStartMs - minuteMs)]);
    store.getObject = async (_bucket, wanted) => {
      store.reads.push(wanted);
      throw new Error("S3 is away");
    };

    await expect(readRecentPredictions(location, { limit: 100, nowMs: testStartMs })).rejects.toThrow(
      "S3 is away",
    );
    expect(store.reads).toEqual([key]);
  });

  it("counts a damaged file of the table as one broken line, and reads the rest", async () => {
    const { location, store, write } = createMemoryLog();
    const record = predictionAt(testStartMs - minuteMs);
    write([record]);
    const damaged = { hourMs: startOfHour(testStartMs), newestMs: testStartMs, hash: "ab", predictions: 3 };
    await store.putObject("log", createTableKey("", damaged), "PAR1 and then nothing");

    const window = await readRecentPredictions(location, { limit: 100, nowMs: testStartMs });

    expect(window).toMatchObject({ brokenLines: 1, objectsRead: 2, isComplete: true });
    expect(idsOf(window.records)).toEqual([record.record_id]);
  });

  it("skips broken lines and counts them", async () => {
    const { location, write } = createMemoryLog();
    const record = predictionAt(testStartMs - minuteMs);
    write([record], 'nonsense\n{"kind":"prediction"}\n');

    const { records, brokenLines } = await readRecentPredictions(location, {
      limit: 100,
      nowMs: testStartMs,
    });

    expect(idsOf(records)).toEqual([record.record_id]);
    expect(brokenLines).toBe(2);
  });

  it("gives nothing for an empty log", async () => {
    const { location } = createMemoryLog();

    const window = await readRecentPredictions(location, { limit: 100, nowMs: testStartMs });

    expect(window).toEqual({ records: [], brokenLines: 0, objectsRead: 0, isComplete: true });
  });
});

describe("readRecords", () => {
  it("gives the records of every kind since a moment, and none before", async () => {
    const { location, write } = createMemoryLog();
    const session = createTestSession(testStartMs - 10 * minuteMs);
    const wanted = [
      session.recordError(createErrorEvent()),
      session.recordPrediction(createPredictionEvent()),
    ];
    write(wanted);
    write([errorAt(testStartMs - 30 * minuteMs - 1), errorAt(testStartMs - 30 * minuteMs)]);
    write([errorAt(testStartMs - 32 * minuteMs)]);

    const { records, isComplete } = await readRecords(location, {
      sinceMs: testStartMs - 30 * minuteMs,
      nowMs: testStartMs,
    });

    expect(records.map((record) => record.kind)).toEqual(["error", "error", "prediction"]);
    expect(isComplete).toBe(true);
  });

  it("reads no object of health checks alone, however many there are", async () => {
    const { location, store, write } = createMemoryLog();
    const session = createTestSession(testStartMs - hourMs);
    const answers = [
      session.recordPrediction(createPredictionEvent()),
      session.recordError(createErrorEvent()),
    ];
    for (const record of answers) write([record]);
    for (let age = 0; age < 300; age += 1) write([healthAt(testStartMs - age * 100)]);

    const reading = await readRecords(location, {
      sinceMs: testStartMs - 2 * hourMs,
      nowMs: testStartMs,
      maximumObjects: 100,
    });

    expect(idsOf(reading.records)).toEqual(idsOf(answers));
    expect(reading.isComplete).toBe(true);
    expect(store.reads).toHaveLength(2);
  });

  it("gives those of an environment whose clock is ahead, on the next day already", async () => {
    const { location, write } = createMemoryLog();
    const midnightMs = Date.UTC(2026, 10, 26);
    const ahead = errorAt(midnightMs + minuteMs);
    write([ahead]);

    const { records } = await readRecords(location, {
      sinceMs: midnightMs - hourMs,
      nowMs: midnightMs - minuteMs,
    });

    expect(idsOf(records)).toEqual([ahead.record_id]);
  });

  it("says when there was more than it reads at once", async () => {
    const { location, write } = createMemoryLog();
    for (let index = 0; index < 2_100; index += 1) write([errorAt(testStartMs - index * 500)]);

    const { records, isComplete } = await readRecords(location, {
      sinceMs: testStartMs - hourMs,
      nowMs: testStartMs,
    });

    expect(isComplete).toBe(false);
    expect(records.length).toBeGreaterThanOrEqual(2_000);
    expect(records.at(-1)?.timestamp_ms).toBe(testStartMs);
  });

  it("counts what an object holds besides predictions, too", async () => {
    const { location, write } = createMemoryLog();
    const session = createTestSession(testStartMs - hourMs);
    write(Array.from({ length: 5_000 }, () => session.recordError(createErrorEvent())));
    write([predictionAt(testStartMs - 1_000)]);

    const limited = await readRecords(location, {
      sinceMs: testStartMs - 2 * hourMs,
      nowMs: testStartMs,
      maximumRecords: 500,
    });

    expect(limited).toMatchObject({ isComplete: false, objectsRead: 1 });
  });

  it("reads the newest that the limits leave room for, whole objects only", async () => {
    const { location, write } = createMemoryLog();
    const session = createTestSession(testStartMs - hourMs);
    const predictions = Array.from({ length: 30 }, () => session.recordPrediction(createPredictionEvent()));
    write(predictions);
    for (let age = 1; age <= 3; age += 1) write([predictionAt(testStartMs - age * 1_000)]);
    const read = (limits: { maximumObjects?: number; maximumRecords?: number }) =>
      readRecords(location, { sinceMs: testStartMs - 2 * hourMs, nowMs: testStartMs, ...limits });

    expect(await read({ maximumRecords: 33 })).toMatchObject({ isComplete: true, objectsRead: 4 });
    const limited = await read({ maximumRecords: 32 });
    expect(limited).toMatchObject({ isComplete: false, objectsRead: 3 });
    expect(limited.records.at(-1)?.timestamp_ms).toBe(testStartMs - 1_000);
    expect(await read({ maximumRecords: 0 })).toMatchObject({ isComplete: false, records: [] });
  });

  it.each([
    ["as many objects as it may read", 32, { maximumObjects: 32 }, 32, true],
    ["an object more", 33, { maximumObjects: 32 }, 32, false],
    ["as many records as it may read", 40, { maximumRecords: 40 }, 40, true],
    ["a record more", 41, { maximumRecords: 40 }, 40, false],
  ])("keeps its limits where there are %s", async (_name, written, limits, objectsRead, isComplete) => {
    const { location, write } = createMemoryLog();
    for (let age = 1; age <= written; age += 1) write([predictionAt(testStartMs - age * 1_000)]);

    const window = await readRecords(location, {
      sinceMs: testStartMs - hourMs,
      nowMs: testStartMs,
      ...limits,
    });

    expect(window).toMatchObject({ objectsRead, isComplete });
    expect(window.records).toHaveLength(objectsRead);
  });
});

describe("readRecords while the log is compacted", () => {
  const startMs = startOfHour(testStartMs) - 3 * hourMs;
  const midnightMs = testStartMs - (testStartMs % dayMs);

  /** How many are read while another process compacts all closed hours just before the listing of a number. */
  async function countDuring(listing: number, write: (log: ReturnType<typeof createMemoryLog>) => void) {
    const log = createMemoryLog();
    write(log);
    const { location, store } = log;
    const { listPage } = store;
    let listings = 0;
    let isCompacting = false;
    store.listPage = async (...request) => {
      if (!isCompacting) listings += 1;
      if (listings === listing && !isCompacting) {
        isCompacting = true;
        await compactHours({
          ...{ location, log: createRecordedLog(), report: { objectsCompacted: 0 } },
          ...{ nowMs: testStartMs, onObjects: async (contents) => contents, isTimeUp: () => false },
        });
      }
      return listPage.apply(store, request);
    };
    const period = { sinceMs: midnightMs - hourMs, nowMs: testStartMs };
    const { records } = await readRecords(location, { ...period, maximumObjects: 10_000 });
    expect(isCompacting).toBe(true);
    return records.length;
  }

  it.each([1, 2, 3, 4])("reads every record of a quiet day: before listing %i", async (listing) => {
    const count = await countDuring(listing, ({ write }) => {
      for (let minute = 0; minute < 20; minute += 1) write([predictionAt(startMs + minute * minuteMs + 1)]);
    });
    expect(count).toBe(20);
  });

  it.each([1, 4, 5])("reads every record of the day before: before listing %i", async (listing) => {
    const count = await countDuring(listing, ({ write }) => {
      for (let minute = 1; minute <= 20; minute += 1) write([predictionAt(midnightMs - minute * minuteMs)]);
    });
    expect(count).toBe(20);
  });

  it.each([1, 9, 10, 11, 30])("reads every record of a crowded hour: before listing %i", async (listing) => {
    const count = await countDuring(listing, ({ write }) => {
      for (let index = 0; index < 1_010; index += 1) write([predictionAt(startMs + 1 + index * 1_000)]);
    });
    expect(count).toBe(1_010);
  });

  it.each([1, 2, 3, 4, 5])(
    "reads what moves from an object of Firehose into the next day's table: before listing %i",
    async (listing) => {
      const count = await countDuring(listing, ({ deliver }) => {
        deliver(
          midnightMs - minuteMs,
          [-1, 1].map((minutes) => predictionAt(midnightMs + minutes * minuteMs)),
        );
      });
      expect(count).toBe(2);
    },
  );

  it.each([7, 8, 9, 10, 11, 12])(
    "reads what moves from an object of Firehose into the next hour's table: before listing %i",
    async (listing) => {
      const count = await countDuring(listing, ({ write, deliver }) => {
        for (let index = 0; index < 1_001; index += 1) write([predictionAt(midnightMs + 1 + index)]);
        deliver(
          startMs + 59 * minuteMs,
          [59, 61].map((minutes) => predictionAt(startMs + minutes * minuteMs)),
        );
      });
      expect(count).toBe(1_003);
    },
  );
});
