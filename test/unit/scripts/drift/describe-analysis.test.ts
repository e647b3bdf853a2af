import { expect, it } from "vitest";
import { describeAnalysis } from "../../../../scripts/drift/describe-analysis.ts";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import { driftSettings } from "../../../../shared/settings/drift.ts";
import { createPredictionRecords } from "../../../support/prediction-records.ts";

it("names the reference once, with its number of predictions", () => {
  const report = computeDriftReport(createPredictionRecords(100), driftSettings.parse({}), new Date(0));
  const reference = { source: "the predictions of last week", prediction_count: 120, limits_alone: false };
  const text = describeAnalysis({ report: { ...report, reference }, addresses: [], parts: [] });
  expect(text).toContain("  Compared with 120 predictions (the predictions of last week):");
});
