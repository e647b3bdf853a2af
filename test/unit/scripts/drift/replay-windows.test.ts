import { expect, it } from "vitest";
import { cutWindows, judgePastWindows } from "../../../../scripts/drift/replay-windows.ts";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../../support/prediction-records.ts";

it("ends the last window with the newest record, and leaves the oldest over", () => {
  const records = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(cutWindows(records, 3)).toEqual([
    [3, 4, 5],
    [6, 7, 8],
  ]);
  expect(cutWindows(records, 4)).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  expect(cutWindows(records, 9)).toEqual([]);
});

it("judges each window with the photographs that were refused before the next one began", () => {
  const records = createPredictionRecords(150, () => ({ decision: "confident" }));
  const [first, second, third] = cutWindows(records, 50) as [typeof records, typeof records, typeof records];
  const refusedAfter = (at: number) =>
    Array.from(
      { length: 60 },
      () => ({ timestamp_ms: (second[at]?.timestamp_ms ?? 0) + 1 }) as InferenceLogRecord,
    );
  const verdictsWith = (refused: InferenceLogRecord[]) =>
    judgePastWindows([first, second, third], refused, defaultDriftSettings, () => undefined).map(
      ({ verdict }) => verdict,
    );
  expect(verdictsWith([])).toEqual(["ok", "ok", "ok"]);
  expect(verdictsWith(refusedAfter(0))).toEqual(["ok", "drift", "ok"]);
  expect(verdictsWith(refusedAfter(49))).toEqual(["ok", "drift", "ok"]);
  const later = refusedAfter(0).map((record) => ({ ...record, timestamp_ms: record.timestamp_ms + 1e10 }));
  expect(verdictsWith(later)).toEqual(["ok", "ok", "drift"]);
});
