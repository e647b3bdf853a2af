import { describe, expect, it } from "vitest";
import { judgeWindow, lastPredictions } from "../../../shared/drift/drift-report.ts";
import type { ReferenceWindow } from "../../../shared/drift/reference/reference-window.ts";
import { summariseRecords } from "../../../shared/drift/summary/hour-summary.ts";
import type { AnalysedWindow } from "../../../shared/drift/window/analysed-window.ts";
import { windowOfRecords } from "../../../shared/drift/window/window-of-records.ts";
import { createSummaryWindow } from "../../../shared/drift/window/window-of-summaries.ts";
import { chooseCommand, describeVerdict } from "../../../shared/report/advice.ts";
import { renderDriftReportHtml } from "../../../shared/report/drift-report-html.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import {
  createImageMeasures,
  createPredictionRecords,
  defaultDriftSettings,
} from "../../support/prediction-records.ts";

/** A hundred answers: unsure ones by version 6, then sure ones by version 7. */
const promoteAfter = (
  count: number,
  overridesOf: (index: number) => Partial<PredictionRecord> = () => ({}),
) =>
  createPredictionRecords(100, (index) => ({
    model: {
      ...{ name: "eyes", version: index < count ? "6" : "7" },
      ...{ source: "mlflow_registry", engine: "onnx" },
    },
    confidence: index < count && index % 2 === 0 ? 60 : 90,
    ...overridesOf(index),
  }));

const ofVersion7: ReferenceWindow = {
  source: "the reference window of eyes/7",
  rows: createPredictionRecords(300, (index) => ({ confidence: index % 10 === 0 ? 60 : 90 })),
  version: "eyes/7",
};

const bySummaries = (records: PredictionRecord[]): AnalysedWindow => {
  const window = createSummaryWindow({}, 70);
  window.add(summariseRecords(records));
  return window.finish() as AnalysedWindow;
};

describe.each([
  ["records", (records: PredictionRecord[]) => windowOfRecords(records, 70)],
  ["summaries", bySummaries],
] as const)("beside the reference of a version that was promoted within the window, by %s", (_, windowOf) => {
  const judge = (records: PredictionRecord[], reference = ofVersion7) =>
    judgeWindow(windowOf(records), defaultDriftSettings, new Date(0), {
      reading: { selection: lastPredictions(100), brokenLines: 0, isComplete: true },
      reference,
    });

  it("the answers of the version before are not judged", () => {
    const report = judge(promoteAfter(99));
    expect(report).toMatchObject({
      verdict: "insufficient_data",
      causes: [],
      comparisons: [],
      reference: { version: "eyes/7", judged_predictions: 1 },
      window: { recent_prediction_count: 100 },
    });
    expect(report.indicators.every(({ drifted }) => drifted === null)).toBe(true);
    expect(describeVerdict(report)).toEqual({
      verdict: "Too few predictions by eyes/7 to judge: 1 of at least 50.",
      next: "Nothing to do now: the next report judges once there are 49 more.",
    });
    expect(chooseCommand(report)).toBe("npm run drift");
  });

  it("its own answers are judged once there are enough", () => {
    const report = judge(promoteAfter(40));
    expect(report).toMatchObject({ verdict: "ok", causes: [], reference: { judged_predictions: 60 } });
    expect(report.comparisons).not.toEqual([]);
    expect(renderDriftReportHtml(report)).toContain("Only the 60 of 100 predictions that eyes/7 made");
  });

  it("its own answers are found to have changed", () => {
    const report = judge(promoteAfter(20, (index) => (index >= 20 ? { confidence: 60 } : {})));
    expect(report.causes.map(({ name }) => name)).toContain("high_low_confidence_ratio");
  });

  it("black pictures are found, whichever version answered them", () => {
    const dark = (index: number) => ({ image_measures: createImageMeasures(index, { brightness: 1 }) });
    expect(judge(promoteAfter(99, dark)).causes.map(({ name }) => name)).toEqual(["dark_pictures"]);
  });

  it("every answer is judged beside a past time, which is of no version", () => {
    const { version: _, ...pastTime } = ofVersion7;
    expect(judge(promoteAfter(99), pastTime)).toMatchObject({
      verdict: "drift",
      reference: { version: null, judged_predictions: 100 },
    });
  });
});
