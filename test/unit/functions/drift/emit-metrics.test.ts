import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { emitReportMetrics } from "../../../../functions/drift/emit-metrics.ts";
import { emitDecision } from "../../../../functions/predict/emit-decision.ts";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import { emitFailedParts } from "../../../../shared/runtime/cloudwatch-metrics.ts";
import { decisionSchema } from "../../../../shared/schemas/prediction.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../../support/prediction-records.ts";

let written: string;

beforeEach(() => {
  written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written += chunk;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const reportOf = (count: number) =>
  computeDriftReport(createPredictionRecords(count), defaultDriftSettings, new Date("2026-11-25T12:00:00Z"));

function parseEmf() {
  const lines = written.trim().split("\n");
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] as string);
  const [directive] = line._aws.CloudWatchMetrics;
  return { line, directive };
}

describe("emitReportMetrics", () => {
  it("writes one line of CloudWatch's embedded metric format", () => {
    emitReportMetrics(reportOf(100), "production");
    const { line, directive } = parseEmf();
    expect(directive.Namespace).toBe("EyeDiseaseClassifier");
    expect(directive.Dimensions).toEqual([["service", "environment"]]);
    expect(line).toMatchObject({
      service: "fundus-lambda",
      environment: "production",
      drift_detected: 0,
      drift_indicator_count: 0,
      recent_prediction_count: 100,
      recent_avg_confidence: 90,
      recent_avg_inference_time_ms: 8,
      recent_low_confidence_ratio: 0,
      recent_class_ratio_glaucoma: 0.25,
    });
    expect(directive.Metrics).toContainEqual({ Name: "recent_avg_inference_time_ms", Unit: "Milliseconds" });
    for (const { Name } of directive.Metrics) expect(line[Name]).toEqual(expect.any(Number));
  });

  it("writes class names in the ASCII characters that CloudWatch takes, each under a name of its own", () => {
    const report = reportOf(100);
    const longest = "x".repeat(300);
    report.window.recent_class_ratio = {
      "Glaucoma (olho)": 0.1,
      saudável: 0.2,
      saudavel: 0.3,
      正常: 0.3,
      [longest]: 0.1,
    };
    emitReportMetrics(report, "production");
    const { line, directive } = parseEmf();
    const names = directive.Metrics.map(({ Name }: { Name: string }) => Name);
    const ofClasses = names.filter((name: string) => name.startsWith("recent_class_ratio_"));
    expect(ofClasses).toEqual([
      "recent_class_ratio_Glaucoma (olho)",
      expect.stringMatching(/^recent_class_ratio_saudavel-[0-9a-f]{8}$/),
      "recent_class_ratio_saudavel",
      expect.stringMatching(/^recent_class_ratio___-[0-9a-f]{8}$/),
      expect.stringMatching(/^recent_class_ratio_x{200}-[0-9a-f]{8}$/),
    ]);
    expect(ofClasses.map((name: string) => line[name])).toEqual([0.1, 0.2, 0.3, 0.3, 0.1]);
  });

  it("leaves out what an empty window does not have", () => {
    emitReportMetrics(reportOf(0), "production");
    const { line } = parseEmf();
    expect(line).toMatchObject({ recent_prediction_count: 0 });
    expect(line).not.toHaveProperty("recent_avg_confidence");
  });

  it("says nothing of drift where nobody could judge, so that an alarm stays as it is", () => {
    emitReportMetrics(reportOf(49), "production");
    const { line } = parseEmf();
    expect(line).toMatchObject({ recent_prediction_count: 49 });
    expect(line).not.toHaveProperty("drift_detected");
  });
});

describe("emitDecision", () => {
  it("writes 1 for the decision, 0 for the others, and the time of the answer", () => {
    emitDecision({ decision: "uncertain", answerTimeMs: 31.5 }, decisionSchema.options, "staging");
    expect(parseEmf().line).toMatchObject({
      decision_confident: 0,
      decision_uncertain: 1,
      decision_ungradable: 0,
      answer_time_ms: 31.5,
      environment: "staging",
      service: "fundus-lambda",
    });
  });
});

describe("emitFailedParts", () => {
  it.each(["drift", "learning"])("says how many parts of the job %s failed", (job) => {
    emitFailedParts(job, 2, "staging");
    expect(parseEmf().line).toMatchObject({ [`${job}_job_failed_parts`]: 2, environment: "staging" });
  });
});
