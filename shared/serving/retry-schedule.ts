import { type Pause, remainingMs } from "../resilience/pause.ts";
import { hourLengthMs } from "../time/durations.ts";

const longestPauseMs = hourLengthMs;
/** So many failures of MLflow or S3 in a row may be followed by another try at once. */
const promptRetries = 2;
/** Few versions fail at a time; beyond this the oldest failures are forgotten. */
const rememberedFailures = 20;

/**
 * When a version that failed may be tried again. After a failure of its own first after twice the interval, then after twice as
 * long each time, at most an hour: trying it takes time from requests. After a failure of MLflow or S3 at the next look, because
 * the version may be sound; from the third of them in a row on after one interval, because a try may take longer than that.
 */
export interface RetrySchedule {
  isDue(id: string): boolean;
  /** Returns whether this is the first failure since the last success. */
  failed(id: string, by: "version" | "server"): boolean;
  succeeded(id: string): void;
}

/** @param now milliseconds since 1970 */
export function createRetrySchedule(intervalMs: number, now: () => number): RetrySchedule {
  const failing = new Map<
    string,
    { ownFailures: number; serverFailures: number; pause: Pause | undefined }
  >();
  return {
    isDue: (id) => remainingMs(failing.get(id)?.pause, now()) === 0,

    failed(id, by) {
      const known = failing.get(id);
      const isOwn = by === "version";
      const ownFailures = (known?.ownFailures ?? 0) + Number(isOwn);
      const serverFailures = isOwn ? 0 : (known?.serverFailures ?? 0) + 1;
      const lengthMs = isOwn ? Math.min(intervalMs * 2 ** ownFailures, longestPauseMs) : intervalMs;
      const mustPause = isOwn || serverFailures > promptRetries;
      failing.delete(id);
      failing.set(id, {
        ...{ ownFailures, serverFailures },
        pause: mustPause ? { startedMs: now(), lengthMs } : undefined,
      });
      const oldest = failing.keys().next();
      if (failing.size > rememberedFailures && !oldest.done) failing.delete(oldest.value);
      return known === undefined;
    },

    succeeded(id) {
      failing.delete(id);
    },
  };
}
