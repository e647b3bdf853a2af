const longestDelayMs = 3_600_000;
/** A registry has few versions that fail at a time; older failures are forgotten. */
const rememberedFailures = 20;

/** When something that failed may be tried again: after twice the interval, then twice as long each time, at most an hour. */
export interface RetrySchedule {
  isDue(id: string, nowMs: number): boolean;
  /** Returns how often this has failed now. */
  failed(id: string, nowMs: number): number;
  succeeded(id: string): void;
}

export function createRetrySchedule(intervalMs: number): RetrySchedule {
  const failures = new Map<string, { count: number; nextMs: number }>();
  return {
    isDue: (id, nowMs) => nowMs >= (failures.get(id)?.nextMs ?? 0),

    failed(id, nowMs) {
      const count = (failures.get(id)?.count ?? 0) + 1;
      failures.delete(id);
      failures.set(id, { count, nextMs: nowMs + Math.min(intervalMs * 2 ** count, longestDelayMs) });
      const oldest = failures.keys().next();
      if (failures.size > rememberedFailures && !oldest.done) failures.delete(oldest.value);
      return count;
    },

    succeeded(id) {
      failures.delete(id);
    },
  };
}
