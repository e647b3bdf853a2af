import type { InferenceLogRecord, PredictionRecord } from "../../schemas/inference-record.ts";
import type { LogLine } from "../log-lines.ts";

export type ColumnType = "string" | "double" | "int" | "boolean" | "timestamp";

export interface LogColumn {
  name: string;
  type: ColumnType;
  /** Milliseconds since 1970 for a timestamp; undefined where the record has no such value. */
  of(record: InferenceLogRecord): string | number | boolean | undefined;
}

type Kind = InferenceLogRecord["kind"];
type RecordOf<K extends Kind> = Extract<InferenceLogRecord, { kind: K }>;
type Value = ReturnType<LogColumn["of"]>;

const ofAll = (name: string, type: ColumnType, of: LogColumn["of"]): LogColumn => ({ name, type, of });

function of<K extends Kind>(
  kinds: readonly K[],
  name: string,
  type: ColumnType,
  value: (record: RecordOf<K>) => Value,
): LogColumn {
  const isOf = (record: InferenceLogRecord): record is RecordOf<K> =>
    (kinds as readonly Kind[]).includes(record.kind);
  return { name, type, of: (record) => (isOf(record) ? value(record) : undefined) };
}

const prediction = (name: string, type: ColumnType, value: (record: PredictionRecord) => Value) =>
  of(["prediction"], name, type, value);
const measure = (name: keyof NonNullable<PredictionRecord["image_measures"]>) =>
  prediction(name, "double", (record) => record.image_measures?.[name]);

/** Columns for the most frequent questions; the column `record` has everything else. */
export const logColumns: readonly LogColumn[] = [
  ofAll("record_id", "string", (record) => record.record_id),
  ofAll("kind", "string", (record) => record.kind),
  ofAll("recorded_at", "timestamp", (record) => record.timestamp_ms),
  ofAll("session_id", "string", (record) => record.session_id),
  ofAll("session_name", "string", (record) => record.session_name),
  ofAll("function_name", "string", (record) => record.function_name),
  ofAll("api_version", "string", (record) => record.api_version),
  ofAll("environment", "string", (record) => record.environment),
  ofAll("request_id", "string", (record) => record.request_id),
  ofAll("step", "int", (record) => record.step),
  of(["prediction", "shadow"], "prediction_id", "string", (record) => record.prediction_id),
  of(["prediction", "shadow", "model_load"], "model_name", "string", ({ model }) => model.name),
  of(["prediction", "shadow", "model_load"], "model_version", "string", ({ model }) => model.version),
  of(["prediction", "shadow", "model_load"], "model_source", "string", ({ model }) => model.source),
  of(["prediction", "shadow", "model_load"], "engine", "string", ({ model }) => model.engine),
  prediction("predicted_class", "string", (record) => record.predicted_class),
  prediction("confidence", "double", (record) => record.confidence),
  prediction("probabilities", "string", (record) => JSON.stringify(record.probabilities)),
  prediction("inference_time_ms", "double", (record) => record.inference_time_ms),
  prediction("decision", "string", (record) => record.decision),
  prediction("warnings", "string", (record) => record.warnings?.join(",")),
  prediction("image_width", "int", ({ image }) => image.image_width),
  prediction("image_height", "int", ({ image }) => image.image_height),
  prediction("image_format", "string", ({ image }) => image.image_format),
  prediction("image_mode", "string", ({ image }) => image.image_mode),
  prediction("image_size_bytes", "int", ({ image }) => image.image_size_bytes),
  measure("brightness"),
  measure("contrast"),
  measure("sharpness"),
  measure("red_share"),
  measure("blue_share"),
  measure("disc_share"),
  measure("disc_roundness"),
  of(["error"], "error", "string", (record) => record.error),
  of(["error"], "detail", "string", (record) => record.detail),
  of(["error"], "status", "int", (record) => record.status),
  of(["error"], "error_time_ms", "double", (record) => record.error_time_ms),
  of(["health_check"], "healthy", "boolean", (record) => record.healthy),
  of(["health_check"], "response_time_ms", "double", (record) => record.response_time_ms),
  of(["model_load"], "load_succeeded", "boolean", (record) => record.success),
  of(["model_load"], "load_time_seconds", "double", (record) => record.load_time_seconds),
];

/** The line as it was written, even if it is not a record: to read the log back, no other column is needed. */
export const recordColumn = "record";

/** Values of each column, one per line, in the order of the table; null where a line has none. */
export function toColumns(lines: readonly LogLine[]) {
  const typed = logColumns.map((column) => ({
    name: column.name,
    type: column.type,
    values: lines.map(({ record }) => (record && column.of(record)) ?? null),
  }));
  return [...typed, { name: recordColumn, type: "string" as const, values: lines.map(({ text }) => text) }];
}
