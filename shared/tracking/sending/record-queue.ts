import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import { startOfMinute } from "../../time/durations.ts";
import { groupRecords, isCrowded, type RecordGroup } from "../entries/group-records.ts";
import { countBatch } from "./send-records.ts";

/** Records that may wait; beyond this the oldest are left to reconciliation, which has them in the inference log. */
const maximumPending = 5_000;

export interface RecordQueueOptions {
  /** Predictions per minute above which they are written as windows. */
  aggregateAbovePerMinute: number;
  /** Milliseconds since 1970. */
  sessionStartedMs: number;
}

export type RecordQueue = ReturnType<typeof createRecordQueue>;

/** A session's records that wait for MLflow, in the order in which they came. */
export function createRecordQueue({ aggregateAbovePerMinute, sessionStartedMs }: RecordQueueOptions) {
  let records: InferenceLogRecord[] = [];
  /** Kept until it is removed: a window that arrived although its call failed is sent again as the same window. */
  let batch: readonly RecordGroup[] = [];
  let sentUpToMs = sessionStartedMs;
  let dropped = 0;

  return {
    waiting: (): readonly InferenceLogRecord[] => records,
    /** Time of the newest record that was sent; at first that of the session's start. */
    sentUpToMs: () => sentUpToMs,
    /** Number of records that were given up because too many waited. */
    dropped: () => dropped,

    add(record: InferenceLogRecord): void {
      records.push(record);
      if (records.length > maximumPending) {
        records.shift();
        dropped += 1;
      }
    },

    /**
     * The time from which on records are to wait, milliseconds since 1970: a crowded minute is sent when it is over. Infinity
     * for none; so, too, where all are of later minutes because the clock was set back.
     */
    endOfDueMs(nowMs: number): number {
      const endMs = startOfMinute(nowMs);
      return isCrowded(records, { aggregateAbovePerMinute, sinceMs: sentUpToMs }) &&
        records.some(({ timestamp_ms }) => timestamp_ms < endMs)
        ? endMs
        : Number.POSITIVE_INFINITY;
    },

    /** The groups that go together next, of records before `endMs`: the same ones until they are removed. */
    nextBatch(endMs: number): readonly RecordGroup[] {
      if (batch.length > 0) return batch;
      const due = records.filter(({ timestamp_ms }) => timestamp_ms < endMs);
      const groups = groupRecords(due, aggregateAbovePerMinute);
      batch = groups.slice(0, countBatch(groups));
      return batch;
    },

    /** Removes the batch, which has been sent. */
    removeBatch(): void {
      const sent = new Set(batch.flat());
      records = records.filter((record) => !sent.has(record));
      for (const { timestamp_ms: timestampMs } of sent) sentUpToMs = Math.max(sentUpToMs, timestampMs);
      batch = [];
    },
  };
}
