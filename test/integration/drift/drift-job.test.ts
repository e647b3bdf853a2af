import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { createDriftJob } from "../../../functions/drift/create-drift-job.ts";
import { readDriftWindow } from "../../../functions/drift/read-drift-window.ts";
import { loadDriftSettings } from "../../../scripts/drift/load-drift-settings.ts";
import { lastPredictions } from "../../../shared/drift/drift-report.ts";
import { readNamedReference } from "../../../shared/drift-reference/named-reference.ts";
import { findPrediction } from "../../../shared/inference-log/find-prediction.ts";
import { createLabelStore } from "../../../shared/labels/label-store.ts";
import { downloadArtifact, type Run } from "../../../shared/mlflow/index.ts";
import { type DriftReport, driftReportSchema } from "../../../shared/schemas/drift-report.ts";
import { healthSchema } from "../../../shared/schemas/health.ts";
import { metricsSchema } from "../../../shared/schemas/metrics.ts";
import { createPredictionId } from "../../../shared/schemas/prediction-id.ts";
import type { PredictionEvent } from "../../../shared/tracking/session.ts";
import { createPredictionRecords } from "../../support/prediction-records.ts";
import { useOfflineServer } from "../../support/service.ts";
import { useSharedStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, metricsOf, paramsOf, tagsOf, type Workplace } from "../tracking/workplace.ts";
import { invokeDriftFunction } from "./run-handler.ts";

const stack = useSharedStack();
const scheduled = createWorkplace(stack);
const scheduledPredictions = 60;

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

/** Starts before all tests, so that its schedule fires while the others run. */
const server = useOfflineServer(async () => {
  await trackPredictions(scheduled, scheduledPredictions, () => ({ confidence: 50 }));
  return { environment: { ...environmentOf(scheduled), DRIFT_RATE: "rate(1 minute)" } };
});

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
      framework: "tensorflow",
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

  it("compares with the reference that its caller gives, and does not keep that", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 100);
    const settings = loadDriftSettings();
    const analyse = createDriftJob({
      settings: {
        ...settings,
        service: { ...settings.service, experimentName: workplace.experimentName },
        storage: { ...settings.storage, prefix: workplace.location.prefix },
      },
      reference: { source: "the caller's window", rows: createPredictionRecords(100) },
      ...{ log: workplace.log, maintains: false, emitReportMetrics() {}, emitJobMetrics() {} },
    });
    const { report } = await analyse(lastPredictions(100));
    expect(report?.reference).toMatchObject({ source: "the caller's window", prediction_count: 100 });
    expect(await readNamedReference(workplace.location)).toBeUndefined();
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

  it("judges what is left of a damaged log, and says in the report how much is not", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 60);
    const { store, bucket, prefix } = workplace.location;
    const [sound = ""] = await workplace.listKeys();
    const bytes = (await store.getObject(bucket, sound))?.bytes ?? new Uint8Array();
    const folder = sound.slice(0, sound.lastIndexOf("/"));
    const table = folder.replace("inference-log/", "inference-log/table/");
    const zipped = gzipSync(bytes);
    const name = (id: string) => sound.slice(folder.length).replace(/-[0-9a-f]{8}-/, `-${id}-`);
    const damaged: [string, Uint8Array | string][] = [
      [`${folder}${name("11111111")}`, bytes.subarray(0, bytes.length - 20)],
      [`${folder}${name("22222222")}`, zipped.subarray(0, zipped.length - 9)],
      [`${table}/000000000-0123abcd-p3.parquet`, bytes.subarray(0, 200)],
      [`${folder}/notes.txt`, "not ours"],
      [`${prefix}inference-log/date=never/hour=99/x`, "not ours"],
    ];
    for (const [key, body] of damaged) await store.putObject(bucket, key, body);

    const { outcome } = await invokeDriftFunction(environmentOf(workplace));
    expect(outcome).toMatchObject({ verdict: "ok" });
    expect((outcome.parts as { succeeded: boolean }[]).every(({ succeeded }) => succeeded)).toBe(true);
    const run = await findReportRun(workplace);
    const report = JSON.parse(await readArtifact(workplace, run, "drift-report.json"));
    expect(report.window.recent_prediction_count).toBe(60);
    expect(report.window.broken_lines).toBeGreaterThanOrEqual(3);
    expect(await readArtifact(workplace, run, "drift-report.html")).toMatch(
      /\d+ lines of the log could not be read/,
    );
  });

  it("passes by an object that vanishes between listing and reading", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 60);
    const { store, bucket } = workplace.location;
    const [victim = ""] = await workplace.listKeys();
    const vanishing: typeof store = {
      ...store,
      async getObject(from, key) {
        if (key === victim) await store.deleteObjects(bucket, [victim]);
        return store.getObject(from, key);
      },
    };
    const { window } = await readDriftWindow(
      { ...workplace.location, store: vanishing },
      lastPredictions(100),
      { lowConfidencePercent: 70, nowMs: Date.now() },
    );
    expect(window.predictions).toBe(59);
  });

  it("tells of drift once, from a damaged state too, of two jobs at once and of later ones", async () => {
    const workplace = createWorkplace(stack);
    await trackPredictions(workplace, 60, () => ({ confidence: 40 }));
    const { store, bucket, prefix } = workplace.location;
    await store.putObject(bucket, `${prefix}drift-state/alert.json`, '{"episode": {"id"');
    await store.putObject(bucket, `${prefix}drift-reference/window.jsonl`, '{"probabilities": {"normal"');
    const told: Record<string, unknown>[] = [];
    const webhook = createServer(async (request, response) => {
      told.push((await json(request)) as Record<string, unknown>);
      response.end();
    });
    await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
    const environment = {
      ...environmentOf(workplace),
      DRIFT_ALERT_WEBHOOK: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`,
    };
    try {
      const together = [invokeDriftFunction(environment), invokeDriftFunction(environment)];
      const first = await Promise.all(together);
      const later = await invokeDriftFunction(environment);
      for (const { outcome } of [...first, later]) {
        expect(outcome).toMatchObject({ verdict: "drift" });
        expect((outcome.parts as { succeeded: boolean }[]).every(({ succeeded }) => succeeded)).toBe(true);
      }
      const addresses = later.outcome.addresses as string[];
      const html = addresses.find((address) => address.endsWith(".html")) ?? "";
      const kept = await store.getObject(bucket, html.replace(`s3://${bucket}/`, ""));
      expect(new TextDecoder().decode(kept?.bytes)).toMatch(
        /No reference window.*line 1: expected a prediction/,
      );
    } finally {
      webhook.close();
    }
    expect(told).toMatchObject([
      { kind: "drift_began", causes: ["low_average_confidence", "high_low_confidence_ratio"] },
    ]);
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

describe("the service", () => {
  it("answers /health and /metrics over HTTP", async () => {
    const health = await fetch(`${server().address}/health`);
    expect(healthSchema.parse(await health.json()).dependencies).toMatchObject({
      mlflow: { status: "reachable" },
      s3: { status: "reachable" },
    });
    const metrics = await fetch(`${server().address}/metrics`);
    expect(metrics.status).toBe(200);
    expect(metricsSchema.parse(await metrics.json())).toMatchObject({
      recent_prediction_count: scheduledPredictions,
    });
  });

  it("fires from serverless.yml's schedule", { timeout: 180_000 }, async () => {
    await vi.waitFor(
      () => {
        expect(server().logLines()).toContainEqual(
          expect.objectContaining({ drift_detected: 1, recent_prediction_count: scheduledPredictions }),
        );
        expect(server().logLines()).toContainEqual(
          expect.objectContaining({ message: "Scheduled job finished", job: "drift" }),
        );
      },
      { timeout: 150_000, interval: 1_000 },
    );
    const run = (await scheduled.findRuns()).find(({ info }) => info.run_name?.startsWith("drift_report_"));
    expect(run && metricsOf(run)).toMatchObject({ drift_detected: 1 });
    // The figures are kept for some seconds, perhaps from before the job looked for a reference.
    await vi.waitFor(
      async () => {
        const metrics = metricsSchema.parse(await (await fetch(`${server().address}/metrics`)).json());
        expect(metrics).toMatchObject({ recent_prediction_count: scheduledPredictions, drift_detected: 1 });
      },
      { timeout: 30_000, interval: 1_000 },
    );
  });
});
