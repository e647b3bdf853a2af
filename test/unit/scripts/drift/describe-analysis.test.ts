import { expect, it } from "vitest";
import { describeAnalysis, describeWindow } from "../../../../scripts/drift/describe-analysis.ts";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import { driftSettings } from "../../../../shared/settings/drift.ts";
import { createPredictionRecords } from "../../../support/prediction-records.ts";

/** All predictions of the window are judged beside it. */
const ofPastTime = { version: null, prediction_count: 120, judged_predictions: 100, limits_alone: false };

it("names the reference once, with its number of predictions", () => {
  const report = computeDriftReport(createPredictionRecords(100), driftSettings.parse({}), new Date(0));
  const reference = { source: "the predictions of last week", ...ofPastTime };
  const text = describeAnalysis({ report: { ...report, reference }, addresses: [], parts: [] });
  expect(text).toContain("  Compared with 120 predictions: the predictions of last week.");
});

it("writes around a Portuguese note in Portuguese", () => {
  const settings = { ...driftSettings.parse({}), language: "pt" as const };
  const report = computeDriftReport(createPredictionRecords(100), settings, new Date(0));
  const describe = (reference: typeof report.reference) =>
    describeAnalysis({ report: { ...report, reference }, addresses: [], parts: [] });
  expect(describe(null)).toContain(
    "  Sem janela de referência, só os limites fixos decidem: nenhuma foi dada.",
  );
  const reference = { source: "a janela de referência de m/3", ...ofPastTime };
  expect(describe(reference)).toContain("  Comparado com 120 predições: a janela de referência de m/3.");
  expect(describe({ ...reference, limits_alone: true })).toContain("  120 predições dizem o que esperar");
  expect(describeWindow(report)).toMatch(/^de \d\d\/\d\d\/\d{4} \d\d:\d\d UTC a \d\d\//);
});
