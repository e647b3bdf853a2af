import type {
  ErrorRecord,
  HealthRecord,
  InferenceLogRecord,
  ModelLoadRecord,
  PredictionRecord,
  ShadowRecord,
} from "../../schemas/inference-record.ts";
import { renderServedVersion } from "../../schemas/served-version.ts";
import type { RecordGroup } from "./group-records.ts";
import { limitTag, metricLabel, tagText } from "./mlflow-text.ts";
import { noteTag, renderSessionNote } from "./session-note.ts";

export interface MetricPoint {
  key: string;
  value: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  step: number;
}

/** A tag or a param of a run. */
export interface KeyedText {
  key: string;
  value: string;
}

/** What one record or window becomes in MLflow. */
export interface MlflowEntry {
  metrics: MetricPoint[];
  params: KeyedText[];
  tags: KeyedText[];
  /** Figures of the session up to this record; when records are sent together, only those of the newest are written. */
  session: MetricPoint[];
}

/**
 * The last metric of each kind of record, at the record's step: a step that is missing from its history was not sent in
 * full.
 */
export const markerMetric: Record<InferenceLogRecord["kind"], string> = {
  prediction: "prediction_count",
  error: "prediction_error_count",
  health_check: "health_check_count",
  model_load: "model_load_success",
  shadow: "shadow_count",
};

/**
 * Number of predictions or health checks in a window, at the step of its last one: the others were sent, although their
 * own markers are missing. Records of the other kinds stand alone.
 */
export const windowMetric: Partial<Record<InferenceLogRecord["kind"], string>> = {
  prediction: "prediction_window_count",
  health_check: "health_check_window_count",
};

/** Running totals of the session: a window has those of its last record. */
const runningTotals = new Set([...Object.values(markerMetric), "health_check_error_count", "error_count"]);

/** What the session's model runs on: `onnx` or `tensorflow`. */
const engineTag = "engine";

/**
 * What a record becomes in MLflow, under the names of the replaced service. It depends on the record alone: MLflow
 * keeps one of several equal metrics, so sending a record again is harmless.
 *
 * @returns confidences, `prob_<class>` and `error_rate` in percent; `class_dist_<class>` as a share, 0..1
 */
export function computeMlflowEntry(record: InferenceLogRecord): MlflowEntry {
  switch (record.kind) {
    case "prediction":
      return predictionEntry(record);
    case "error":
      return errorEntry(record);
    case "health_check":
      return healthEntry(record);
    case "model_load":
      return modelLoadEntry(record);
    case "shadow":
      return shadowEntry(record);
  }
}

/**
 * What a single record, or a window of predictions or health checks, becomes in MLflow. A window's metrics are the means
 * of its records, at the step and time of the last one; running totals such as `prediction_count` are the last one's.
 */
export function computeGroupEntry(group: RecordGroup): MlflowEntry {
  const newest = group.at(-1) as InferenceLogRecord;
  const last = computeMlflowEntry(newest);
  if (group.length === 1) return last;
  const sums = new Map<string, { sum: number; count: number }>();
  const totals = new Map<string, MetricPoint>();
  for (const metric of group.flatMap((record) => computeMlflowEntry(record).metrics)) {
    const { key, value } = metric;
    if (runningTotals.has(key)) {
      totals.set(key, metric);
    } else {
      const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 };
      sums.set(key, { sum: sum + value, count: count + 1 });
    }
  }
  const marker = totals.get(markerMetric[newest.kind]);
  if (marker !== undefined) totals.delete(marker.key);
  const means = [...sums].map(([key, { sum, count }]) => [key, sum / count] as const);
  const values = { ...Object.fromEntries(means), [windowMetric[newest.kind] ?? ""]: group.length };
  return {
    ...last,
    metrics: [...metricsOf(newest, values), ...totals.values(), ...(marker ? [marker] : [])],
  };
}

function predictionEntry(record: PredictionRecord): MlflowEntry {
  const { session_totals: totals, image } = record;
  const values: Record<string, number> = {
    prediction_inference_time_ms: record.inference_time_ms,
    prediction_confidence: record.confidence,
    image_width: image.image_width,
    image_height: image.image_height,
    image_size_bytes: image.image_size_bytes,
  };
  const session: Record<string, number> = {
    session_total_predictions: totals.predictions,
    session_avg_inference_time_ms: totals.inference_time_ms / totals.predictions,
    session_avg_confidence: totals.confidence / totals.predictions,
  };
  if (record.decision !== undefined) values.prediction_ungradable = record.decision === "ungradable" ? 1 : 0;
  for (const [decision, count] of Object.entries(totals.decision_counts ?? {}))
    session[`decision_count_${decision}`] = count;
  for (const [label, probability] of Object.entries(record.probabilities)) {
    values[`prob_${metricLabel(label)}`] = probability * 100;
    session[`class_dist_${metricLabel(label)}`] = (totals.class_counts[label] ?? 0) / totals.predictions;
  }
  return {
    metrics: metricsOf(record, { ...values, prediction_count: totals.predictions }),
    session: [...metricsOf(record, session), errorRate(record)],
    params: [],
    tags: [
      { key: "image_format", value: tagText(image.image_format) },
      { key: "image_mode", value: tagText(image.image_mode) },
      { key: engineTag, value: record.model.engine },
      note(record),
      ...(record.warnings?.length
        ? [{ key: "last_warnings", value: tagText(record.warnings.join(", ")) }]
        : []),
    ],
  };
}

function errorEntry(record: ErrorRecord): MlflowEntry {
  return {
    metrics: [
      ...metricsOf(record, { prediction_error_time_ms: record.error_time_ms }),
      errorCount(record),
      ...metricsOf(record, { prediction_error_count: record.session_totals.errors }),
    ],
    session: [errorRate(record)],
    params: [],
    tags: [
      { key: "last_error", value: tagText(`${record.error} (${record.status}): ${record.detail}`) },
      { key: "last_error_time", value: new Date(record.timestamp_ms).toISOString() },
    ],
  };
}

function healthEntry(record: HealthRecord): MlflowEntry {
  const { session_totals: totals } = record;
  const metrics = metricsOf(record, {
    health_check_response_time_ms: record.response_time_ms,
    health_check_error_count: totals.health_check_errors,
    model_loaded: record.model_loaded ? 1 : 0,
    health_check_count: totals.health_checks,
  });
  const all = record.healthy ? metrics : [errorCount(record), ...metrics];
  return { metrics: all, session: [], params: [], tags: [note(record)] };
}

function modelLoadEntry(record: ModelLoadRecord): MlflowEntry {
  const metrics = metricsOf(record, {
    model_load_time_seconds: record.load_time_seconds,
    model_load_success: record.success ? 1 : 0,
  });
  if (!record.success) {
    const tags = [{ key: "model_load_error", value: tagText(record.reason) }, note(record)];
    return { metrics, session: [], params: [], tags };
  }
  const labels = modelLabels(record).map(({ key, value }) => ({ key, value: tagText(value) }));
  const params = record.first ? labels : [];
  const tags = labels.map(({ key, value }) => ({ key: `current_${key}`, value }));
  return { metrics, session: [], params, tags: [...tags, ...servedVersionTags(record), note(record)] };
}

/** `shadow_agreement` is 1 where challenger and champion named the same class. */
function shadowEntry(record: ShadowRecord): MlflowEntry {
  const { answer, champion, model, problem } = record;
  const values: Record<string, number> =
    answer === null
      ? { shadow_failed: 1 }
      : {
          shadow_failed: 0,
          shadow_agreement: answer.predicted_class === champion.predicted_class ? 1 : 0,
          shadow_confidence: answer.confidence,
          shadow_inference_time_ms: answer.inference_time_ms,
        };
  return {
    metrics: metricsOf(record, { ...values, shadow_count: record.step }),
    session: [],
    params: [],
    tags: [
      { key: "challenger", value: tagText(`${model.name} version ${model.version} on ${model.engine}`) },
      ...(answer === null ? [{ key: "last_shadow_problem", value: tagText(problem) }] : []),
    ],
  };
}

/** Params keep the first model and `current_…` tags the last one; these tags say which model answered when. */
function servedVersionTags({ model, timestamp_ms: sinceMs }: ModelLoadRecord): KeyedText[] {
  const { name, version, engine, stage, source } = model;
  if (engine === undefined) return [];
  const foundBy = stage ?? (source === "local_file" ? "packaged" : `version ${version}`);
  const { key, value } = renderServedVersion({ name, version, foundBy, engine, sinceMs });
  return [
    { key, value: tagText(value) },
    { key: engineTag, value: engine },
  ];
}

function note(record: Parameters<typeof renderSessionNote>[0]): KeyedText {
  return { key: noteTag, value: limitTag(renderSessionNote(record)) };
}

function modelLabels({ model, class_names: classNames }: ModelLoadRecord): KeyedText[] {
  return [
    { key: "model_source", value: model.source },
    { key: "model_name", value: model.name },
    { key: "model_stage", value: model.stage ?? "None" },
    { key: "model_version", value: model.version },
    { key: "class_names", value: JSON.stringify(classNames) },
  ];
}

function metricsOf(record: InferenceLogRecord, values: Record<string, number>): MetricPoint[] {
  const { timestamp_ms: timestamp, step } = record;
  return Object.entries(values).map(([key, value]) => ({ key, value, timestamp, step }));
}

/** Failed answers and failed health checks; its step counts both. */
function errorCount({ session_totals: totals, timestamp_ms: timestamp }: InferenceLogRecord): MetricPoint {
  const count = totals.errors + totals.health_check_errors;
  return { key: "error_count", value: count, timestamp, step: count };
}

/** Failed answers in percent of all answers; its step counts the answers. */
function errorRate({ session_totals: totals, timestamp_ms: timestamp }: InferenceLogRecord): MetricPoint {
  const answers = totals.predictions + totals.errors;
  return { key: "error_rate", value: (totals.errors / answers) * 100, timestamp, step: answers };
}
