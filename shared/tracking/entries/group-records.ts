import type { HealthRecord, InferenceLogRecord, PredictionRecord } from "../../schemas/inference-record.ts";

export interface GroupingOptions {
  /** Predictions and health checks of one session per minute above which they are written as windows; infinity for never. */
  aggregateAbovePerMinute: number;
  /** Time of the session's newest record before the given ones, milliseconds since 1970. */
  sinceMs: number;
}

/** Records that become one entry in MLflow: a single record, or a window of predictions or of health checks. */
export type RecordGroup = readonly [InferenceLogRecord, ...InferenceLogRecord[]];

/** Shortest time over which a rate is computed: a few predictions in one moment are not a rate. */
const shortestSpanMs = 10_000;

type FrequentRecord = PredictionRecord | HealthRecord;

/** Whether the predictions and health checks among these records come faster than they may be written one by one. */
export function isCrowded(
  records: readonly InferenceLogRecord[],
  { aggregateAbovePerMinute, sinceMs }: GroupingOptions,
): boolean {
  const newest = records.at(-1);
  if (newest === undefined || aggregateAbovePerMinute === Number.POSITIVE_INFINITY) return false;
  const spanMs = Math.max(newest.timestamp_ms - sinceMs, shortestSpanMs);
  return records.filter(isFrequent).length > (aggregateAbovePerMinute * spanMs) / 60_000;
}

/**
 * Divides a session's records into groups that become one entry each. Where they are crowded, predictions of one model
 * with consecutive steps form a window, and so do health checks; every other record stands alone.
 *
 * @param records of one session, oldest first
 */
export function groupRecords(
  records: readonly InferenceLogRecord[],
  options: GroupingOptions,
): RecordGroup[] {
  if (!isCrowded(records, options)) return records.map((record) => [record]);
  const groups: InferenceLogRecord[][] = [];
  const windows = new Map<FrequentRecord["kind"], FrequentRecord[]>();
  for (const record of records) {
    const window = isFrequent(record) ? windows.get(record.kind) : undefined;
    if (isFrequent(record) && continues(window?.at(-1), record)) {
      window?.push(record);
    } else {
      const group = [record];
      groups.push(group);
      if (isFrequent(record)) windows.set(record.kind, group as FrequentRecord[]);
    }
  }
  return groups as unknown as RecordGroup[];
}

const isFrequent = (record: InferenceLogRecord): record is FrequentRecord =>
  record.kind === "prediction" || record.kind === "health_check";

function continues(last: FrequentRecord | undefined, next: FrequentRecord): boolean {
  if (last === undefined || next.step !== last.step + 1) return false;
  if (last.kind !== "prediction" || next.kind !== "prediction") return true;
  return next.model.version === last.model.version && next.model.name === last.model.name;
}
