import type { ObjectStore } from "../../shared/aws/object-store.ts";
import { parseS3Address } from "../../shared/aws/s3-address.ts";
import type { DriftReport } from "../../shared/contracts/drift-report.ts";
import { listComparisonFigures, listReportFigures } from "../../shared/drift/window-figures.ts";
import { listRealisedMetrics } from "../../shared/experiments/list-metrics.ts";
import {
  createRun,
  ensureExperiment,
  logBatch,
  type MlflowClient,
  updateRun,
  uploadArtifact,
} from "../../shared/mlflow/index.ts";
import { renderDriftReportMarkdown } from "../../shared/report/drift-report-markdown.ts";
import { renderRunTags } from "../../shared/tracking/mlflow-runs.ts";
import { limitTag, metricLabel } from "../../shared/tracking/mlflow-text.ts";
import { noteTag } from "../../shared/tracking/session-note.ts";
import { htmlReportName, type ReportFile } from "./report-files.ts";

export interface TrackReportOptions {
  mlflow: MlflowClient;
  /** For a server whose runs keep their files in S3 without the server's proxy. */
  store: Pick<ObjectStore, "putObject">;
  experimentName: string;
  apiVersion: string;
  environment: string;
}

/** Where a report is in MLflow. */
export interface TrackedReport {
  runName: string;
  runId: string;
  /** The report in MLflow's UI. */
  url: string;
}

/**
 * Writes a report to a run of its own, `drift_report_<unix seconds>`: the window's figures as metrics, the indicators as
 * params, the report itself as files.
 *
 * @throws MlflowError, StorageError; the run is then FAILED if it exists and MLflow still answers
 */
export async function trackReport(
  report: DriftReport,
  files: readonly ReportFile[],
  options: TrackReportOptions,
): Promise<TrackedReport> {
  const { mlflow, experimentName } = options;
  const timestampMs = Date.parse(report.drift_timestamp);
  const runName = `drift_report_${Math.floor(timestampMs / 1000)}`;
  const experimentId = await ensureExperiment(mlflow, experimentName);
  const { info } = await createRun(mlflow, {
    experiment_id: experimentId,
    run_name: runName,
    start_time: timestampMs,
    tags: [...renderRunTags(options), { key: "drift_verdict", value: report.verdict }],
  });
  const { run_id: runId, artifact_uri: artifactUri } = info;
  const url = `${mlflow.trackingUri}/#/experiments/${experimentId}/runs/${runId}/artifacts/${htmlReportName}`;
  try {
    await logBatch(mlflow, {
      run_id: runId,
      metrics: listMetrics(report),
      params: listParams(report),
      tags: [{ key: noteTag, value: limitTag(renderDriftReportMarkdown(report, url)) }],
    });
    await Promise.all(files.map((file) => writeArtifact(`${artifactUri}/${file.name}`, file, options)));
  } catch (error) {
    await endRun(mlflow, runId, "FAILED").catch(() => {});
    throw error;
  }
  await endRun(mlflow, runId, "FINISHED");
  return { runName, runId, url };
}

function listMetrics(report: DriftReport) {
  const timestamp = Date.parse(report.drift_timestamp);
  const figures = [...listReportFigures(report, metricLabel), ...listComparisonFigures(report, metricLabel)];
  const metrics = {
    ...Object.fromEntries(figures.map(({ name, value }) => [name, value])),
    ...(report.realised && listRealisedMetrics(report.realised, metricLabel)),
  };
  return Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp, step: 0 }));
}

function listParams(report: DriftReport) {
  const drifted = report.indicators.filter((indicator) => indicator.drifted).map(({ name }) => name);
  return [
    { key: "drift_indicators", value: drifted.join(", ") || "none" },
    { key: "drift_timestamp", value: report.drift_timestamp },
  ];
}

async function writeArtifact(
  address: string,
  file: ReportFile,
  { mlflow, store }: Pick<TrackReportOptions, "mlflow" | "store">,
): Promise<void> {
  const direct = parseS3Address(address);
  if (direct === undefined) return uploadArtifact(mlflow, address, new TextEncoder().encode(file.text));
  await store.putObject(direct.bucket, direct.key, file.text, { contentType: file.contentType });
}

async function endRun(mlflow: MlflowClient, runId: string, status: "FINISHED" | "FAILED"): Promise<void> {
  await updateRun(mlflow, { run_id: runId, status, end_time: Date.now() });
}
