import { type Pause, remainingMs } from "../resilience/pause.ts";
import type { InferenceLogRecord } from "../schemas/inference-record.ts";
import { isCrowded } from "./group-records.ts";

/** Records that are worth a call before they have waited as long as they may. */
const sufficientRecords = 50;
/** What comes faster than is written one by one is written as one window per minute. */
const windowMs = 60_000;
/** Slow calls must not silence a session for longer. */
const longestRestMs = 900_000;
/** One fast call does not yet mean that a slow server is fast again: so much of the slowness before it still counts. */
const slownessKept = 0.8;

export interface SendPaceOptions {
  /** Milliseconds that a record waits for others to go with it. */
  holdMs: number;
  /** Least milliseconds from the end of one sending to the next. */
  restMs: number;
  /**
   * Largest share of its time that a session spends in calls of MLflow, 0..1, infinity for no bound: of 1,000 sessions with
   * 0.01, 10 call at once on average, however slow the server is.
   */
  maximumTimeShare: number;
  /** Predictions per minute above which they are written as windows. */
  aggregateAbovePerMinute: number;
  /** From 0 to 1. */
  random?: () => number;
}

export type SendPace = ReturnType<typeof createSendPace>;

/** Decides when a session's records go to MLflow: rarely enough that many sessions do not drown one server. */
export function createSendPace({
  holdMs,
  restMs,
  maximumTimeShare,
  aggregateAbovePerMinute,
  random = Math.random,
}: SendPaceOptions) {
  let rest: Pause | undefined;
  let slownessMs = 0;

  /** `sinceMs`: time of the newest record that was sent before. */
  function holdOf(waiting: readonly InferenceLogRecord[], sinceMs: number): number {
    if (holdMs === 0) return 0;
    if (isCrowded(waiting, { aggregateAbovePerMinute, sinceMs })) return windowMs;
    return waiting.length >= sufficientRecords ? 0 : holdMs;
  }

  return {
    /** Milliseconds until the waiting records are to be sent; 0 when they are due. */
    waitMs(waiting: readonly InferenceLogRecord[], sinceMs: number, nowMs: number): number {
      const [oldest] = waiting;
      const hold = oldest && { startedMs: oldest.timestamp_ms, lengthMs: holdOf(waiting, sinceMs) };
      return Math.max(remainingMs(rest, nowMs), remainingMs(hold, nowMs));
    },

    /** A sending is over, whether or not it went well. */
    noteSending(tookMs: number, nowMs: number): void {
      slownessMs = Math.max(tookMs, slownessMs * slownessKept);
      // Sessions that were held up together would come back together.
      const owedMs = (slownessMs / maximumTimeShare) * (1 + random());
      rest = { startedMs: nowMs, lengthMs: Math.min(Math.max(restMs, owedMs), longestRestMs) };
    },
  };
}
