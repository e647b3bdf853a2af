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
import { renderRunTags } from "./mlflow-runs.ts";
import { tagText } from "./mlflow-text.ts";

export interface ReportRunOptions {
  mlflow: MlflowClient;
  /** For a server whose runs keep their files in S3 without the server's proxy. */
  store: Pick<ObjectStore, "putObject">;
  experimentName: string;
  apiVersion: string;
  environment: string;
}

export interface ReportRun {
  /** Name of the run. */
  name: string;
  tags: Record<string, string>;
  metrics: Record<string, number>;
  files: readonly { name: string; contentType: string; text: string }[];
}

/**
 * Writes a report to a run of its own.
 *
 * @returns the address of its first file in MLflow's pages
 * @throws MlflowError, StorageError; the run is then FAILED if it exists and MLflow still answers
 */
export async function writeReportRun(report: ReportRun, options: ReportRunOptions): Promise<string> {
  const { mlflow, store, experimentName } = options;
  const nowMs = Date.now();
  const experimentId = await ensureExperiment(mlflow, experimentName);
  const tags = Object.entries(report.tags).map(([key, value]) => ({ key, value: tagText(value) }));
  const { info } = await createRun(mlflow, {
    experiment_id: experimentId,
    run_name: report.name,
    start_time: nowMs,
    tags: [...renderRunTags(options), ...tags],
  });
  const end = (status: "FINISHED" | "FAILED") =>
    updateRun(mlflow, { run_id: info.run_id, status, end_time: Date.now() });
  try {
    const metrics = Object.entries(report.metrics);
    await logBatch(mlflow, {
      run_id: info.run_id,
      metrics: metrics.map(([key, value]) => ({ key, value, timestamp: nowMs, step: 0 })),
    });
    for (const file of report.files) {
      const address = `${info.artifact_uri}/${file.name}`;
      const direct = parseS3Address(address);
      if (direct === undefined) await uploadArtifact(mlflow, address, new TextEncoder().encode(file.text));
      else await store.putObject(direct.bucket, direct.key, file.text, { contentType: file.contentType });
    }
  } catch (error) {
    await end("FAILED").catch(() => {});
    throw error;
  }
  await end("FINISHED");
  return `${mlflow.trackingUri}/#/experiments/${experimentId}/runs/${info.run_id}/artifacts/${report.files[0]?.name ?? ""}`;
}
