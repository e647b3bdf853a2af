import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type DriftReport, driftReportSchema } from "../../../shared/contracts/drift-report.ts";
import { createPredictionId } from "../../../shared/contracts/prediction-id.ts";
import { findPrediction } from "../../../shared/inference-log/find-prediction.ts";
import { createLabelStore } from "../../../shared/labels/label-store.ts";
import { downloadArtifact, type Run } from "../../../shared/mlflow/index.ts";
import type { PredictionEvent } from "../../../shared/tracking/session.ts";
import { useSharedStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, metricsOf, paramsOf, tagsOf, type Workplace } from "../tracking/workplace.ts";
import { invokeDriftFunction } from "./run-handler.ts";

const stack = useSharedStack();

/** Tracks predictions in turns over a few sessions, all of them alive at once, as execution environments are. */
async function trackPredictions(
  workplace: Workplace,
  count: number,
  eventOf: (index: number) => Partial<PredictionEvent> = () => ({}),
): Promise<void> {
  const sessions = [1, 2, 3].map(() => workplace.createTracker());
  for (let index = 0; index < count; index += 1) {
    await sessions[index % sessions.length]?.trackPrediction(
      createPredictionEvent({ confidence: 90, predicted_class: classOf(index), ...eventOf(index) }),
    );
  }
  await Promise.all(sessions.map((session) => session.close()));
}

const classOf = (index: number) =>
  ["cataract", "diabetic_retinopathy", "glaucoma", "normal"][index % 4] as string;

function environmentOf(workplace: Workplace): Record<string, string> {
  return {
    ...stack.env,
    MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
    INFERENCE_LOG_PREFIX: workplace.location.prefix,
    ENVIRONMENT: "test",
  };
}

async function findReportRun(workplace: Workplace): Promise<Run> {
  const runs = (await workplace.findRuns()).filter((run) => run.info.run_name?.startsWith("drift_report_"));
  expect(runs).toHaveLength(1);
  return runs[0] as Run;
}

async function readArtifact(workplace: Workplace, run: Run, name: string): Promise<string> {
  const body = await downloadArtifact(workplace.mlflow, `${run.info.artifact_uri}/${name}`);
  return new Response(body).text();
}

describe("the drift function", () => {
  it("judges the last 100 predictions over all sessions and writes run, metrics, params, tags and files", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 130, (index) =>
      index < 30 ? { confidence: 10 } : { confidence: index < 90 ? 50 : 95, inference_time_ms: 12 },
    );
    const { outcome } = await invokeDriftFunction(environmentOf(workplace));
    expect(outcome).toMatchObject({ verdict: "drift" });
    expect(outcome.parts).toEqual(
      [
        "read_predictions",
        "find_reference",
        "keep_report",
        "track_report",
        "emit_report_metrics",
        "raise_alert",
        "maintain_inference_log",
        "emit_job_metrics",
      ].map((name) => ({ name, succeeded: true })),
    );

    const run = await findReportRun(workplace);
    expect(run.info.status).toBe("FINISHED");
    expect(metricsOf(run)).toEqual({
      recent_prediction_count: 100,
      recent_avg_confidence: 68,
      recent_std_confidence: expect.closeTo(22.0454, 4),
      recent_low_confidence_ratio: 0.6,
      recent_avg_inference_time_ms: 12,
      recent_std_inference_time_ms: 0,
      recent_class_ratio_cataract: 0.25,
      recent_class_ratio_diabetic_retinopathy: 0.25,
      recent_class_ratio_glaucoma: 0.25,
      recent_class_ratio_normal: 0.25,
      drift_detected: 1,
      drift_indicator_count: 1,
      estimated_accuracy_by_confidence: 0.68,
    });
    expect(tagsOf(run)["mlflow.note.content"]).toMatch(
      /^\*\*Drift: the model is unsure about many photographs\.\*\*[\s\S]*drift-report\.html\)$/,
    );
    const params = paramsOf(run);
    expect(params.drift_indicators).toBe("high_low_confidence_ratio");
    expect(run.info.run_name).toBe(
      `drift_report_${Math.floor(Date.parse(params.drift_timestamp as string) / 1000)}`,
    );
    expect(tagsOf(run)).toMatchObject({
      project: "eye-disease-classifier",
      api_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      environment: "test",
      drift_verdict: "drift",
    });

    const report = driftReportSchema.parse(
      JSON.parse(await readArtifact(workplace, run, "drift-report.json")),
    );
    expect(report.window).toMatchObject({ recent_prediction_count: 100, session_count: 3 });
    expect(await readArtifact(workplace, run, "drift-report.html")).toMatch(
      /<h1>Drift: the model is unsure about many photographs\./,
    );
  });

  it("keeps the same report in S3, with what clinicians' labels say of the window", async () => {
    const workplace = createWorkplace(stack);
    const predictionId = createPredictionId(Date.now());
    await trackPredictions(workplace, 60, (index) => (index === 4 ? { prediction_id: predictionId } : {}));
    const prediction = await findPrediction(workplace.location, predictionId);
    if (prediction === undefined) throw new Error("The prediction was just tracked");
    const labels = createLabelStore(workplace.location);
    await labels.add({ prediction, label: "normal", labelledBy: "ana", source: "api", nowMs: Date.now() });
    const { outcome } = await invokeDriftFunction(environmentOf(workplace));
    const addresses = outcome.addresses as string[];
    expect(addresses).toHaveLength(2);
    const run = await findReportRun(workplace);
    expect(metricsOf(run)).toMatchObject({
      realised_labelled: 1,
      realised_accuracy: 0,
      realised_sensitivity_normal: 0,
      realised_sensitivity_normal_high: expect.closeTo(0.793, 3),
      realised_specificity_cataract: 0,
    });
    for (const address of addresses) {
      const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
      expect(key).toMatch(new RegExp(`^${workplace.location.prefix}drift-reports/date=`));
      const kept = await workplace.location.store.getObject(bucket, key);
      const name = key.split("/").at(-1) as string;
      expect(new TextDecoder().decode(kept?.bytes)).toBe(await readArtifact(workplace, run, name));
    }
  });

  it("emits CloudWatch metrics as lines of the embedded metric format", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 60, () => ({ predicted_class: "normal" }));
    const { metricLines } = await invokeDriftFunction(environmentOf(workplace));
    expect(metricLines).toHaveLength(2);
    expect(metricLines[0]).toMatchObject({
      service: "fundus-lambda",
      environment: "test",
      drift_detected: 1,
      drift_indicator_count: 1,
      recent_prediction_count: 60,
      recent_class_ratio_normal: 1,
    });
    expect(metricLines[1]).toMatchObject({ drift_job_failed_parts: 0 });
  });

  it.each<[DriftReport["verdict"], string, number, (index: number) => Partial<PredictionEvent>]>([
    ["ok", "none", 60, () => ({})],
    ["drift", "low_average_confidence, high_low_confidence_ratio", 60, () => ({ confidence: 40 })],
    ["drift", "high_inference_time", 60, () => ({ inference_time_ms: 5_001 })],
    ["drift", "imbalanced_class_distribution", 60, () => ({ predicted_class: "glaucoma" })],
    ["insufficient_data", "none", 49, () => ({ confidence: 40 })],
    ["insufficient_data", "none", 0, () => ({})],
  ])("finds %s (%s) in %d predictions", async (verdict, indicators, count, eventOf) => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, count, eventOf);
    const { outcome, logLines } = await invokeDriftFunction(environmentOf(workplace));
    expect(outcome).toMatchObject({ verdict });
    const run = await findReportRun(workplace);
    expect(paramsOf(run).drift_indicators).toBe(indicators);
    expect(metricsOf(run)).toMatchObject({
      drift_detected: verdict === "drift" ? 1 : 0,
      recent_prediction_count: count,
    });
    expect(logLines.some((line) => line.message === "Drift detected")).toBe(verdict === "drift");
  });

  it("follows the settings", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 12, (index) => ({ confidence: index < 6 ? 20 : 80 }));
    const { outcome } = await invokeDriftFunction({
      ...environmentOf(workplace),
      DRIFT_WINDOW_SIZE: "6",
      DRIFT_MINIMUM_PREDICTIONS: "6",
      DRIFT_MINIMUM_AVERAGE_CONFIDENCE: "81",
    });
    expect(outcome).toMatchObject({ verdict: "drift" });
    const run = await findReportRun(workplace);
    expect(paramsOf(run).drift_indicators).toBe("low_average_confidence");
    expect(metricsOf(run)).toMatchObject({ recent_prediction_count: 6, recent_avg_confidence: 80 });
  });

  it("writes no run with tracking off, and keeps the report in S3 all the same", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 3);
    const { outcome } = await invokeDriftFunction({
      ...environmentOf(workplace),
      ENABLE_MLFLOW_TRACKING: "false",
    });
    expect(outcome.addresses).toHaveLength(2);
    expect(outcome).not.toHaveProperty("tracked");
    const runs = await workplace.findRuns();
    expect(runs.filter((run) => run.info.run_name?.startsWith("drift_report_"))).toEqual([]);
  });

  it("says which settings are wrong", async () => {
    await expect(
      invokeDriftFunction({
        ...stack.env,
        MLFLOW_EXPERIMENT_NAME: randomUUID(),
        DRIFT_WINDOW_SIZE: "10",
        DRIFT_LOW_CONFIDENCE: "much",
      }),
    ).rejects.toThrow(/DRIFT_LOW_CONFIDENCE: Expected a number from 0 to 100 but received much/);
  });
});
