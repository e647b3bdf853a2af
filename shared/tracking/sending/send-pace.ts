import { type Pause, remainingMs } from "../../resilience/pause.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import { minuteLengthMs, startOfMinute } from "../../time/durations.ts";
import { isCrowded } from "../entries/group-records.ts";

/** So many records are sent before they have waited for `holdMs`. */
const sufficientRecords = 50;
/** Slow calls do not silence a session for longer than this. */
const longestRestMs = 900_000;
/** One fast call does not mean that a slow server is fast again: this share of the slowness so far still counts. */
const slownessKept = 0.8;

export interface SendPaceOptions {
  /** Milliseconds that a record waits for others to go with it. */
  holdMs: number;
  /** Shortest time in milliseconds from the end of one sending to the next. */
  restMs: number;
  /**
   * Largest share of its time, 0..1, that a session spends in calls of MLflow; infinity for no bound. With 0.01, on
   * average at most 10 of 1,000 sessions call at the same time, however slow the server is.
   */
  maximumTimeShare: number;
  /** Predictions per minute above which they are written as windows. */
  aggregateAbovePerMinute: number;
  /** From 0 to 1. */
  random?: () => number;
}

/** Decides when a session's records go to MLflow: rarely enough that many sessions do not overload one server. */
export function createSendPace({
  holdMs,
  restMs,
  maximumTimeShare,
  aggregateAbovePerMinute,
  random = Math.random,
}: SendPaceOptions) {
  let rest: Pause | undefined;
  let slownessMs = 0;
  /** Every session waits for the end of the same minute; they must not all call at that moment. */
  const delayMs = minuteLengthMs * random();

  /** `sinceMs`: time of the newest record that was sent before. */
  function holdOf(waiting: readonly InferenceLogRecord[], sinceMs: number): Pause | undefined {
    const startedMs = waiting[0]?.timestamp_ms;
    if (startedMs === undefined) return undefined;
    if (isCrowded(waiting, { aggregateAbovePerMinute, sinceMs }))
      return { startedMs: startOfMinute(startedMs), lengthMs: minuteLengthMs + delayMs };
    return { startedMs, lengthMs: waiting.length >= sufficientRecords ? 0 : holdMs };
  }

  return {
    /** Milliseconds until the waiting records are to be sent; 0 when they are due. */
    waitMs(waiting: readonly InferenceLogRecord[], sinceMs: number, nowMs: number): number {
      return Math.max(remainingMs(rest, nowMs), remainingMs(holdOf(waiting, sinceMs), nowMs));
    },

    /** Call it after each sending, whether or not it succeeded. */
    noteSending(tookMs: number, nowMs: number): void {
      slownessMs = Math.max(tookMs, slownessMs * slownessKept);
      // At random, so that sessions which were held up together do not come back together.
      const owedMs = (slownessMs / maximumTimeShare) * (1 + random());
      rest = { startedMs: nowMs, lengthMs: Math.min(Math.max(restMs, owedMs), longestRestMs) };
    },
  };
}
