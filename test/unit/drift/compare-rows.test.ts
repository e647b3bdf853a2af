import { expect, it } from "vitest";
import { compareRows } from "../../../shared/drift/compare-rows.ts";
import { describeVerdict } from "../../../shared/report/advice.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../support/prediction-records.ts";

it("rows of a file are not called old, and no later report will have more of them", () => {
  const reference = { source: "a file", rows: createPredictionRecords(100) };
  const nextOf = (count: number) => {
    const rows = createPredictionRecords(count).map(({ timestamp_ms: _, ...row }) => row);
    return describeVerdict(
      compareRows(rows, reference, defaultDriftSettings, new Date("2026-12-20T12:00:00Z")),
    ).next;
  };
  expect(nextOf(100)).toBe("Nothing to do: the 100 predictions are within every limit.");
  expect(nextOf(10)).toBe("Nothing to do: more predictions or a longer time can be judged.");
});
