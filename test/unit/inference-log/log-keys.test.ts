import { describe, expect, it } from "vitest";
import {
  createCompactedKey,
  createLogKey,
  dayPrefix,
  hourPrefix,
  minutePrefix,
  parseLogKey,
} from "../../../shared/inference-log/log-keys.ts";

const newestMs = Date.UTC(2026, 10, 25, 14, 59, 12, 345);
const hourMs = Date.UTC(2026, 10, 25, 14);
const sessionId = "3f2a9c1e-0000-4000-8000-000000000000";

describe("log keys", () => {
  it("name the hour, the time of the newest record, the session and the predictions in them", () => {
    const key = createLogKey("dev/", { newestMs, sessionId, sequence: 42, predictions: 3 });

    expect(key).toBe(`dev/inference-log/date=2026-11-25/hour=14/145912345-${sessionId}-42-p3.jsonl`);
    expect(parseLogKey(key)).toEqual({ key, hourMs, newestMs, compacted: false, predictions: 3 });
  });

  it("tell compacted objects, whose records lie anywhere in their hour", () => {
    const key = createCompactedKey("", { hourMs, hash: "abc123", predictions: 812 });

    expect(parseLogKey(key)).toEqual({
      key,
      hourMs,
      newestMs: hourMs + 3_599_999,
      compacted: true,
      predictions: 812,
    });
  });

  it("sort by time within all prefixes that are listed", () => {
    const keyAt = (time: number) =>
      createLogKey("", { newestMs: time, sessionId, sequence: 1, predictions: 1 });
    const times = [newestMs, newestMs + 1, newestMs + 60_000, newestMs + 3_600_000, newestMs + 86_400_000];
    const keys = times.map(keyAt);

    expect(keys.toSorted()).toEqual(keys);
    expect(keys[0]).toContain(dayPrefix("", newestMs));
    expect(keys[0]).toContain(hourPrefix("", newestMs));
    expect(keys[0]).toContain(minutePrefix("", newestMs));
    expect(keys[2]).not.toContain(minutePrefix("", newestMs));
  });

  it.each([
    "inference-log/readme.txt",
    "service-state/predict.json",
    "inference-log/date=2026-13-45/hour=99/x.jsonl",
  ])("are not seen in %s", (key) => {
    expect(parseLogKey(key)).toBeUndefined();
  });
});
