import type { StoreLocation } from "../../aws/store-location.ts";
import { type Pause, remainingMs } from "../../resilience/pause.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import type { Log } from "../../schemas/log.ts";
import { sessionTotalsKey, totalsOf } from "./session-totals.ts";

/** One object per half a minute costs a hundredth of what a busy session's records do. */
const restMs = 30_000;
const timeoutMs = 5_000;

export interface TotalsNoteOptions {
  location: { store: Pick<StoreLocation["store"], "putObject">; bucket: string; prefix: string };
  sessionId: string;
  log: Log;
  now: () => number;
}

/** Leaves a session's totals in S3, so that `GET /metrics` counts it without reading its records. */
export function createTotalsNote({ location, sessionId, log, now }: TotalsNoteOptions) {
  const { store, bucket, prefix } = location;
  let newest: InferenceLogRecord | undefined;
  let written: InferenceLogRecord | undefined;
  let rest: Pause | undefined;
  let isFailing = false;

  return {
    add(record: InferenceLogRecord): void {
      newest = record;
    },

    /** Never rejects: the next write makes up for one that failed, and the records themselves are in the log. */
    async write({ force = false } = {}): Promise<void> {
      if (newest === undefined || newest === written || (!force && remainingMs(rest, now()) > 0)) return;
      const record = newest;
      rest = { startedMs: now(), lengthMs: restMs };
      const body = JSON.stringify(totalsOf(record));
      try {
        await store.putObject(bucket, sessionTotalsKey(prefix, sessionId), body, {
          contentType: "application/json",
          timeoutMs,
        });
        written = record;
        isFailing = false;
      } catch (error) {
        // The pause applies all the same: a server that hangs must not hold up every event.
        if (!isFailing) log.warn("The totals of this environment cannot be written", { error });
        isFailing = true;
      }
    },
  };
}
