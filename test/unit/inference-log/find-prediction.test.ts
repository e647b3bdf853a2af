import { describe, expect, it } from "vitest";
import { compactObjects } from "../../../shared/inference-log/compact.ts";
import { findPrediction } from "../../../shared/inference-log/find-prediction.ts";
import { createLogKey, startOfHour } from "../../../shared/inference-log/log-keys.ts";
import { parseLogLines, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import type { InferenceLogRecord } from "../../../shared/schemas/inference-record.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { predictionOf } from "../labels/prediction-of.ts";

const noonMs = Date.parse("2026-11-28T12:00:00.000Z");

function createLog() {
  const store = createMemoryStore();
  const location = { store, bucket: "log", prefix: "" };
  let sequence = 0;
  const write = async (...records: InferenceLogRecord[]) => {
    sequence += 1;
    const key = createLogKey("", {
      newestMs: Math.max(...records.map(({ timestamp_ms }) => timestamp_ms)),
      sessionId: "s",
      sequence,
      predictions: records.filter(({ kind }) => kind === "prediction").length,
    });
    await store.putObject("log", key, records.map(renderLogLine).join(""));
    return key;
  };
  return { store, location, write };
}

describe("a prediction's record is found by its id", () => {
  it("among the objects that were written after its request, reading few of them", async () => {
    const { store, location, write } = createLog();
    for (let minute = 0; minute < 50; minute += 1) await write(predictionOf(noonMs + minute * 60_000));
    const wanted = predictionOf(noonMs + 30_500);
    await write({ ...wanted, timestamp_ms: noonMs + 31_000 });
    store.reads.length = 0;
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
    expect(store.reads.length).toBeLessThanOrEqual(16);
  });

  it("in the hour after, where its request ended there", async () => {
    const { location, write } = createLog();
    const wanted = predictionOf(noonMs - 400);
    await write({ ...wanted, timestamp_ms: noonMs + 200 });
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
  });

  it("in a compacted hour", async () => {
    const { store, location, write } = createLog();
    const wanted = predictionOf(noonMs + 1_000);
    const key = await write(wanted, predictionOf(noonMs + 2_000));
    const lines = parseLogLines(Buffer.from(store.objects.get(key) ?? ""));
    await compactObjects(location, startOfHour(noonMs), [{ key, lines }]);
    expect(store.objects.has(key)).toBe(false);
    expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
  });

  it("in what Firehose delivered, also in the folder of the hour before, reading no other delivery", async () => {
    const { store, location } = createLog();
    const deliver = async (oldest: string, ...records: InferenceLogRecord[]) => {
      const folder = `inference-log/date=${oldest.slice(0, 10)}/hour=${oldest.slice(11, 13)}/`;
      const name = `delivered-stream-1-${oldest.replace(/[T:]/g, "-")}-2f1c6a55-6f0e-4f8e-9d3e-0c3a5b0f6c11.jsonl`;
      await store.putObject("log", folder + name, records.map(renderLogLine).join(""));
      return folder + name;
    };
    const early = predictionOf(noonMs + 20_000);
    const late = predictionOf(noonMs + 40 * 60_000);
    const before = await deliver("2026-11-28T11:59:30", early);
    const within = await deliver("2026-11-28T12:39:30", late);
    await deliver("2026-11-28T12:10:00", predictionOf(noonMs + 10 * 60_000));
    for (const [wanted, key] of [
      [early, before],
      [late, within],
    ] as const) {
      store.reads.length = 0;
      expect((await findPrediction(location, wanted.prediction_id))?.record_id).toBe(wanted.record_id);
      expect(store.reads).toEqual([key]);
    }
  });

  it("or not at all", async () => {
    const { location, write } = createLog();
    await write(predictionOf(noonMs));
    expect(await findPrediction(location, predictionOf(noonMs).prediction_id)).toBeUndefined();
    expect(await findPrediction(location, "0d7544ff-622c-435e-8f8a-79a82a0995c7")).toBeUndefined();
  });
});
