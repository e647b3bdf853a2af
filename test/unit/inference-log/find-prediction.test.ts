import { describe, expect, it } from "vitest";
import { compactObjects } from "../../../shared/inference-log/compact.ts";
import { findPrediction } from "../../../shared/inference-log/find-prediction.ts";
import { startOfHour } from "../../../shared/inference-log/log-keys.ts";
import { parseLogLines, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { createMemoryLog } from "../../support/memory-log.ts";
import { predictionOf } from "../labels/prediction-of.ts";

const noonMs = Date.parse("2026-11-28T12:00:00.000Z");

describe("a prediction's record is found by its id", () => {
  it("among the objects that were written after its request, reading few of them", async () => {
    const { store, location, write } = createMemoryLog();
    for (let minute = 0; minute < 50; minute += 1) write([predictionOf(noonMs + minute * 60_000)]);
    const wanted = predictionOf(noonMs + 40 * 60_000 + 500);
    for (const otherMs of [600, 700]) write([predictionOf(noonMs + 40 * 60_000 + otherMs)]);
    write([{ ...wanted, timestamp_ms: noonMs + 40 * 60_000 + 1_000 }]);
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
    expect(store.reads.length).toBeLessThanOrEqual(16);
  });

  it("among more than are read at once, leaving out what cannot hold it", async () => {
    const { store, location, write } = createMemoryLog();
    const wanted = predictionOf(noonMs);
    const keys: string[] = [];
    for (let other = 1; other <= 20; other += 1) keys.push(write([predictionOf(noonMs + other)]));
    keys.push(write([{ ...wanted, timestamp_ms: noonMs + 1_000 }]));
    const folder = "inference-log/date=2026-11-28/hour=12/";
    const compacted = `${folder}compacted-abc123-p1.jsonl`;
    await store.putObject("log", compacted, renderLogLine(predictionOf(noonMs + 2)));
    await store.putObject("log", `${folder}120000003-notes.txt`, "no object of the log");
    await store.putObject("log", `${folder}120000003-s-99-p0.jsonl`, "health checks only");
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
    expect(store.reads).toEqual([compacted, ...keys]);
  });

  it("in an object that waited for S3 for twenty minutes", async () => {
    const { location, write } = createMemoryLog();
    const wanted = predictionOf(noonMs + 1_000);
    write([wanted, predictionOf(noonMs + 20 * 60_000)]);
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
  });

  it("although its hour is compacted between listing and reading", async () => {
    const { store, location, write } = createMemoryLog();
    const wanted = predictionOf(noonMs + 1_000);
    const key = write([wanted]);
    const lines = parseLogLines(Buffer.from(store.objects.get(key) ?? ""));
    const { getObject } = store;
    store.getObject = async (bucket, read) => {
      if (store.objects.has(key)) await compactObjects(location, startOfHour(noonMs), [{ key, lines }]);
      return getObject(bucket, read);
    };
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
  });

  it("in the hour after, where its request ended there", async () => {
    const { location, write } = createMemoryLog();
    const wanted = predictionOf(noonMs - 400);
    write([{ ...wanted, timestamp_ms: noonMs + 200 }]);
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
  });

  it("in a compacted hour", async () => {
    const { store, location, write } = createMemoryLog();
    const wanted = predictionOf(noonMs + 1_000);
    const key = write([wanted, predictionOf(noonMs + 2_000)]);
    const lines = parseLogLines(Buffer.from(store.objects.get(key) ?? ""));
    await compactObjects(location, startOfHour(noonMs), [{ key, lines }]);
    expect(store.objects.has(key)).toBe(false);
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
  });

  it("in one compacted file after the other, since each may hold 25,000 records, and none after it", async () => {
    const { store, location, write } = createMemoryLog();
    const wanted = predictionOf(noonMs + 2_000);
    for (const record of [predictionOf(noonMs + 1_000), wanted, predictionOf(noonMs + 3_000)]) {
      const key = write([record]);
      const lines = parseLogLines(Buffer.from(store.objects.get(key) ?? ""));
      await compactObjects(location, startOfHour(noonMs), [{ key, lines }]);
    }
    store.reads.length = 0;
    const { getObject } = store;
    let [reading, most] = [0, 0];
    store.getObject = async (bucket, key) => {
      reading += 1;
      most = Math.max(most, reading);
      const object = await getObject(bucket, key);
      reading -= 1;
      return object;
    };
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
    expect(most).toBe(1);
    expect(store.reads).toHaveLength(2);
  });

  it("in what Firehose delivered, also in the folder of the hour before, reading no other delivery", async () => {
    const { store, location, deliver } = createMemoryLog();
    const early = predictionOf(noonMs + 20_000);
    const late = predictionOf(noonMs + 40 * 60_000);
    const before = deliver(Date.parse("2026-11-28T11:59:30Z"), [early]);
    const within = deliver(Date.parse("2026-11-28T12:39:30Z"), [late]);
    deliver(Date.parse("2026-11-28T12:10:00Z"), [predictionOf(noonMs + 10 * 60_000)]);
    for (const [wanted, key] of [
      [early, before],
      [late, within],
    ] as const) {
      store.reads.length = 0;
      expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
      expect(store.reads).toEqual([key]);
    }
  });

  it.each([
    ["15 minutes before its request", "2026-11-28T12:15:00", true],
    ["more than 15 minutes before", "2026-11-28T12:14:59", false],
    ["a minute after", "2026-11-28T12:31:00", true],
    ["more than a minute after", "2026-11-28T12:31:01", false],
  ])("in a delivery that began %s: only where it can be there", async (_when, oldest, canBeThere) => {
    const { location, deliver } = createMemoryLog();
    const wanted = predictionOf(noonMs + 30 * 60_000);
    deliver(Date.parse(`${oldest}Z`), [wanted]);
    const found = await findPrediction(location, wanted.prediction_id);
    expect(found?.record_id).toBe(canBeThere ? wanted.record_id : undefined);
  });

  it("in the first thousand objects from its request on, and in no more", async () => {
    const { store, location, write } = createMemoryLog();
    const wanted = predictionOf(noonMs);
    const keys: string[] = [];
    for (let other = 1; other <= 1_000; other += 1) keys.push(write([predictionOf(noonMs + other)]));
    write([{ ...wanted, timestamp_ms: noonMs + 1_001 }]);
    expect(await findPrediction(location, wanted.prediction_id)).toBeUndefined();
    expect(new Set(store.reads)).toEqual(new Set(keys));
  });

  it("or not at all", async () => {
    const { location, write } = createMemoryLog();
    write([predictionOf(noonMs)]);
    expect(await findPrediction(location, predictionOf(noonMs).prediction_id)).toBeUndefined();
    expect(await findPrediction(location, "0d7544ff-622c-435e-8f8a-79a82a0995c7")).toBeUndefined();
  });
});
