import type { HealthRecord, InferenceLogRecord, PredictionRecord } from "../../schemas/inference-record.ts";
import { minuteLengthMs, startOfMinute } from "../../time/durations.ts";

export interface CrowdingOptions {
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
  { aggregateAbovePerMinute, sinceMs }: CrowdingOptions,
): boolean {
  const newest = records.at(-1);
  if (newest === undefined || aggregateAbovePerMinute === Number.POSITIVE_INFINITY) return false;
  const spanMs = Math.max(newest.timestamp_ms - sinceMs, shortestSpanMs);
  return records.filter(isFrequent).length > (aggregateAbovePerMinute * spanMs) / minuteLengthMs;
}

/**
 * Divides a session's records into groups that become one entry each. Of a minute with more predictions or health checks
 * than stated, predictions of one model with consecutive steps form a window, and so do health checks; every other record
 * stands alone. The groups depend on the records alone, so that the session and reconciliation, which may both send the
 * same ones, form the same groups.
 *
 * @param records of one session, oldest first
 */
export function groupRecords(
  records: readonly InferenceLogRecord[],
  aggregateAbovePerMinute: number,
): RecordGroup[] {
  const frequent = Map.groupBy(records.filter(isFrequent), nameMinute);
  const isCrowdedAt = (record: FrequentRecord) =>
    (frequent.get(nameMinute(record))?.length ?? 0) > aggregateAbovePerMinute;
  const groups: InferenceLogRecord[][] = [];
  const windows = new Map<FrequentRecord["kind"], FrequentRecord[]>();
  for (const record of records) {
    const window = isFrequent(record) && isCrowdedAt(record) ? windows.get(record.kind) : undefined;
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

/** A minute of one kind of records. */
const nameMinute = ({ kind, timestamp_ms }: FrequentRecord) => `${kind} ${startOfMinute(timestamp_ms)}`;

const isFrequent = (record: InferenceLogRecord): record is FrequentRecord =>
  record.kind === "prediction" || record.kind === "health_check";

function continues(last: FrequentRecord | undefined, next: FrequentRecord): boolean {
  if (last === undefined || next.step !== last.step + 1 || nameMinute(last) !== nameMinute(next))
    return false;
  if (last.kind !== "prediction" || next.kind !== "prediction") return true;
  return next.model.version === last.model.version && next.model.name === last.model.name;
}
