import { describe, expect, it } from "vitest";
import {
  createLogKey,
  createSummaryKey,
  createTableKey,
  hourPrefix,
  logDayPrefix,
  minutePrefix,
  parseLogKey,
  parseSummaryKey,
} from "../../../shared/inference-log/log-keys.ts";

const newestMs = Date.UTC(2026, 10, 25, 14, 59, 12, 345);
const hourMs = Date.UTC(2026, 10, 25, 14);
const sessionId = "3f2a9c1e-0000-4000-8000-000000000000";

describe("log keys", () => {
  it("name the hour, the time of the newest record, the session and the predictions in them", () => {
    const key = createLogKey("dev/", { newestMs, sessionId, sequence: 42, predictions: 3 });

    expect(key).toBe(`dev/inference-log/date=2026-11-25/hour=14/145912345-${sessionId}-42-p3.jsonl`);
    expect(parseLogKey(key)).toEqual({
      key,
      hourMs,
      newestMs,
      compacted: false,
      predictions: 3,
      isHealthOnly: false,
    });
  });

  it("tell objects of health checks alone", () => {
    const object = { newestMs, predictions: 0, isHealthOnly: true };
    const keys = [
      createLogKey("", { ...object, sessionId, sequence: 42 }),
      createTableKey("", { ...object, hourMs, hash: "abc1230" }),
    ];

    expect(keys).toEqual([
      `inference-log/date=2026-11-25/hour=14/145912345-${sessionId}-42-health-p0.jsonl`,
      "inference-log/table/date=2026-11-25/hour=14/145912345-abc1230-health-p0.parquet",
    ]);
    expect(keys.map(parseLogKey)).toMatchObject([object, object]);
  });

  it("tell the files of the table and their summaries", () => {
    const object = { hourMs, newestMs, hash: "abc1230", predictions: 812 };
    const key = createTableKey("dev/", object);

    expect(key).toBe("dev/inference-log/table/date=2026-11-25/hour=14/145912345-abc1230-p812.parquet");
    expect(parseLogKey(key)).toEqual({
      key,
      hourMs,
      newestMs,
      compacted: true,
      predictions: 812,
      isHealthOnly: false,
    });
    const summary = createSummaryKey("dev/", object);
    expect(summary).toBe("dev/inference-log/summaries/date=2026-11-25/hour=14/145912345-abc1230-p812.json");
    expect([parseSummaryKey(summary), parseLogKey(summary), parseSummaryKey(key)]).toEqual([
      hourMs,
      undefined,
      undefined,
    ]);
  });

  it("tell what Firehose delivered, whose records may be of the next minutes", () => {
    const name = "delivered-fundus-dev-1-2026-11-25-14-59-12-0d1f9f3e-3c5b-4f0e-9f1f-6b1a1f1c2d3e";
    for (const ending of [".jsonl", ""]) {
      const key = `inference-log/date=2026-11-25/hour=14/${name}${ending}`;
      expect(parseLogKey(key)).toEqual({
        key,
        hourMs,
        newestMs: Date.UTC(2026, 10, 25, 15, 14, 12),
        compacted: false,
        predictions: Number.POSITIVE_INFINITY,
        isHealthOnly: false,
      });
    }
  });

  it("tell objects compacted by earlier versions, whose records lie anywhere in their hour", () => {
    const key = "inference-log/date=2026-11-25/hour=14/compacted-abc123-p812.jsonl";

    expect(parseLogKey(key)).toEqual({
      key,
      hourMs,
      newestMs: hourMs + 3_599_999,
      compacted: true,
      predictions: 812,
      isHealthOnly: false,
    });
  });

  it("sort by time within all prefixes that are listed", () => {
    const keyAt = (time: number) =>
      createLogKey("", { newestMs: time, sessionId, sequence: 1, predictions: 1 });
    const times = [newestMs, newestMs + 1, newestMs + 60_000, newestMs + 3_600_000, newestMs + 86_400_000];
    const keys = times.map(keyAt);

    expect(keys.toSorted()).toEqual(keys);
    expect(keys[0]).toContain(logDayPrefix("", newestMs));
    expect(keys[0]).toContain(hourPrefix("", newestMs));
    expect(keys[0]).toContain(minutePrefix("", newestMs));
    expect(keys[2]).not.toContain(minutePrefix("", newestMs));
  });

  it.each([
    "inference-log/readme.txt",
    "service-state/predict.json",
    "inference-log/date=2026-13-45/hour=99/x.jsonl",
    "inference-log/date=2026-11-25/hour=99/145912345-s-1-p1.jsonl",
    "inference-log/date=2026-11-25/hour=14/995912345-s-1-p1.jsonl",
  ])("are not seen in %s", (key) => {
    expect(parseLogKey(key)).toBeUndefined();
  });
});
