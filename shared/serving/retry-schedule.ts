import { type CircuitBreaker, createCircuitBreaker } from "../resilience/circuit-breaker.ts";
import { hourLengthMs } from "../time/durations.ts";

const longestPauseMs = hourLengthMs;
/** Few versions fail at a time; beyond this the oldest failures are forgotten. */
const rememberedFailures = 20;

/**
 * When something that failed may be tried again: first after twice the interval, then after twice as long each time, at
 * most an hour.
 */
export interface RetrySchedule {
  isDue(id: string): boolean;
  /** Returns whether this is the first failure since the last success. */
  failed(id: string): boolean;
  succeeded(id: string): void;
}

/** @param now milliseconds since 1970 */
export function createRetrySchedule(intervalMs: number, now: () => number): RetrySchedule {
  const failing = new Map<string, CircuitBreaker>();
  return {
    isDue: (id) => failing.get(id)?.isTryDue() ?? true,

    failed(id) {
      const breaker =
        failing.get(id) ?? createCircuitBreaker({ now, firstPauseMs: 2 * intervalMs, longestPauseMs });
      failing.delete(id);
      failing.set(id, breaker);
      const oldest = failing.keys().next();
      if (failing.size > rememberedFailures && !oldest.done) failing.delete(oldest.value);
      return breaker.fail();
    },

    succeeded(id) {
      failing.delete(id);
    },
  };
}
