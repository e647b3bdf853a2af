import type { InferenceLogRecord, PredictionRecord } from "../../schemas/inference-record.ts";

export interface GroupingOptions {
  /** Predictions of one session per minute above which they are written as windows; infinity for never. */
  aggregateAbovePerMinute: number;
  /** Time of the session's newest record before the given ones, milliseconds since 1970. */
  sinceMs: number;
}

/** Records that become one entry in MLflow: a single record, or a window of predictions. */
export type RecordGroup = readonly [InferenceLogRecord, ...InferenceLogRecord[]];

/** Shortest time over which a rate is computed: a few predictions in one moment are not a rate. */
const shortestSpanMs = 10_000;

/** Whether the predictions among these records come faster than they may be written one by one. */
export function isCrowded(
  records: readonly InferenceLogRecord[],
  { aggregateAbovePerMinute, sinceMs }: GroupingOptions,
): boolean {
  const newest = records.at(-1);
  if (newest === undefined || aggregateAbovePerMinute === Number.POSITIVE_INFINITY) return false;
  const spanMs = Math.max(newest.timestamp_ms - sinceMs, shortestSpanMs);
  const predictions = records.filter(({ kind }) => kind === "prediction").length;
  return predictions > (aggregateAbovePerMinute * spanMs) / 60_000;
}

/**
 * Divides a session's records into groups that become one entry each. Where predictions are crowded, those of one model
 * with consecutive steps form a window; every other record stands alone.
 *
 * @param records of one session, oldest first
 */
export function groupRecords(
  records: readonly InferenceLogRecord[],
  options: GroupingOptions,
): RecordGroup[] {
  if (!isCrowded(records, options)) return records.map((record) => [record]);
  const groups: InferenceLogRecord[][] = [];
  let window: PredictionRecord[] = [];
  for (const record of records) {
    if (record.kind !== "prediction") {
      groups.push([record]);
    } else if (continues(window.at(-1), record)) {
      window.push(record);
    } else {
      window = [record];
      groups.push(window);
    }
  }
  return groups as unknown as RecordGroup[];
}

function continues(last: PredictionRecord | undefined, next: PredictionRecord): boolean {
  return (
    last !== undefined &&
    next.step === last.step + 1 &&
    next.model.version === last.model.version &&
    next.model.name === last.model.name
  );
}
