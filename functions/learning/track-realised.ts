import { listRealisedMetrics } from "../../shared/comparison/list-metrics.ts";
import { computeRealisedFigures } from "../../shared/comparison/realised-figures.ts";
import {
  createRun,
  ensureExperiment,
  logBatch,
  type MlflowClient,
  searchRuns,
} from "../../shared/mlflow/index.ts";
import type { LabelRecord } from "../../shared/schemas/label.ts";
import { renderRunTags } from "../../shared/schemas/run-tags.ts";
import { metricLabel, tagText } from "../../shared/tracking/entries/mlflow-text.ts";

/** Tag that marks the run with a version's accuracy by labels. */
const realisedTag = "realised_of";

export interface TrackRealisedOptions {
  mlflow: MlflowClient;
  experimentName: string;
  apiVersion: string;
  environment: string;
  nowMs: number;
}

/**
 * Writes what labels say of each version to a run of its own, `realised_<version>`, as metrics over time: accuracy, and
 * sensitivity and specificity of each class, with their 95 % intervals. Beside them stands `estimated_accuracy`, the mean
 * confidence of the same answers, which needs no labels, unless several classes can be right: confidence is then the
 * certainty of the least sure verdict. A version without new labels is left unchanged.
 *
 * @param labels the newest label of each labelled prediction
 * @returns the versions that were written
 */
export async function trackRealised(
  labels: readonly LabelRecord[],
  options: TrackRealisedOptions,
): Promise<string[]> {
  const written: string[] = [];
  const groups = Map.groupBy(labels, ({ prediction: { model } }) => `${model.name} version ${model.version}`);
  for (const [version, ofVersion] of groups) {
    if (await trackVersion(version, ofVersion, options)) written.push(version);
  }
  return written;
}

async function trackVersion(
  version: string,
  labels: readonly LabelRecord[],
  { mlflow, experimentName, nowMs, ...service }: TrackRealisedOptions,
): Promise<boolean> {
  const experimentId = await ensureExperiment(mlflow, experimentName);
  const known = await findRun(mlflow, experimentId, version);
  const newestMs = labels.reduce((newest, { labelled_ms: labelledMs }) => Math.max(newest, labelledMs), 0);
  if (known !== undefined && known.newestMs >= newestMs) return false;
  const runId =
    known?.runId ??
    (
      await createRun(mlflow, {
        experiment_id: experimentId,
        run_name: `realised_${labels[0]?.prediction.model.version ?? ""}`,
        start_time: nowMs,
        tags: [...renderRunTags(service), { key: realisedTag, value: tagText(version) }],
      })
    ).info.run_id;
  const classes = Object.keys(labels[0]?.prediction.probabilities ?? {});
  const figures = computeRealisedFigures(
    labels.map(({ label, prediction }) => ({ label, ...prediction })),
    classes,
  );
  const confidence = labels.reduce((sum, { prediction }) => sum + prediction.confidence, 0) / labels.length;
  const metrics = {
    ...listRealisedMetrics(figures, metricLabel),
    ...(labels.every(({ prediction }) => prediction.predicted_classes === undefined) && {
      estimated_accuracy: confidence / 100,
    }),
    newest_label_ms: newestMs,
  };
  await logBatch(mlflow, {
    run_id: runId,
    metrics: Object.entries(metrics).map(([key, value]) => ({
      key,
      value,
      timestamp: nowMs,
      // MLflow's latest value is that of the highest step: one that only grows, as the number of labels does not.
      step: Math.floor(nowMs / 1_000),
    })),
  });
  return true;
}

async function findRun(mlflow: MlflowClient, experimentId: string, version: string) {
  const runs = searchRuns(mlflow, {
    experiment_ids: [experimentId],
    filter: `tags.${realisedTag} = '${version.replaceAll("'", "\\'")}'`,
    max_results: 1,
  });
  for await (const { info, data } of runs) {
    const newest = data?.metrics?.find(({ key }) => key === "newest_label_ms")?.value;
    return { runId: info.run_id, newestMs: Number(newest ?? 0) };
  }
  return undefined;
}
