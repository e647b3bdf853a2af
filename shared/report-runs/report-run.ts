import type { ObjectStore } from "../aws/object-store.ts";
import { parseS3Address } from "../aws/s3-address.ts";
import {
  createRun,
  ensureExperiment,
  logBatch,
  type MlflowClient,
  updateRun,
  uploadArtifact,
} from "../mlflow/index.ts";
import { renderRunTags } from "../schemas/run-tags.ts";
import { limitTag, tagText } from "../tracking/entries/mlflow-text.ts";
import { noteTag } from "../tracking/entries/session-note.ts";

export interface ReportRunOptions {
  mlflow: MlflowClient;
  /** For a server whose runs keep their files in S3 without the server's proxy. */
  store: Pick<ObjectStore, "putObject">;
  experimentName: string;
  apiVersion: string;
  environment: string;
}

/** A report as files; the first one is a page for people. */
export interface ReportRun {
  /** Name of the run. */
  name: string;
  /** The time of the report, in milliseconds since 1970. */
  timestampMs: number;
  tags: Record<string, string>;
  params?: Record<string, string>;
  metrics: Record<string, number>;
  files: readonly ReportFile[];
  /** Markdown for the run's page in MLflow. @param url the address of the report's first file */
  renderNote?: (url: string) => string;
}

export interface ReportFile {
  name: string;
  contentType: string;
  text: string;
}

/** Where a report is in MLflow. */
export interface WrittenReport {
  runId: string;
  /** Address of the first file in MLflow's UI. */
  url: string;
}

/**
 * Writes a report to a run of its own.
 *
 * @throws MlflowError or StorageError when a server fails; the run is then marked as FAILED, if MLflow still answers
 */
export async function writeReportRun(report: ReportRun, options: ReportRunOptions): Promise<WrittenReport> {
  const { mlflow, experimentName } = options;
  const { timestampMs: timestamp, params = {} } = report;
  const experimentId = await ensureExperiment(mlflow, experimentName);
  const { info } = await createRun(mlflow, {
    experiment_id: experimentId,
    run_name: report.name,
    start_time: timestamp,
    tags: [...renderRunTags(options), ...entriesOf(report.tags)],
  });
  const { run_id: runId } = info;
  const url = `${mlflow.trackingUri}/#/experiments/${experimentId}/runs/${runId}/artifacts/${report.files[0]?.name ?? ""}`;
  const end = (status: "FINISHED" | "FAILED") =>
    updateRun(mlflow, { run_id: runId, status, end_time: Date.now() });
  try {
    await logBatch(mlflow, {
      run_id: runId,
      metrics: Object.entries(report.metrics).map(([key, value]) => ({ key, value, timestamp, step: 0 })),
      params: entriesOf(params),
      ...(report.renderNote && { tags: [{ key: noteTag, value: limitTag(report.renderNote(url)) }] }),
    });
    await Promise.all(
      report.files.map((file) => writeFile(`${info.artifact_uri}/${file.name}`, file, options)),
    );
  } catch (error) {
    await end("FAILED").catch(() => {});
    throw error;
  }
  await end("FINISHED");
  return { runId, url };
}

const entriesOf = (texts: Record<string, string>) =>
  Object.entries(texts).map(([key, value]) => ({ key, value: tagText(value) }));

async function writeFile(
  address: string,
  file: ReportFile,
  { mlflow, store }: ReportRunOptions,
): Promise<void> {
  const direct = parseS3Address(address);
  if (direct === undefined) return uploadArtifact(mlflow, address, new TextEncoder().encode(file.text));
  await store.putObject(direct.bucket, direct.key, file.text, { contentType: file.contentType });
}
