/** A caller may make the calls of so many seconds at once. */
const burstSeconds = 2;

/** Counts calls per caller, in this process only. */
export interface Throttle {
  /** Whether the caller may make one more call now; if so, the call is counted. */
  take(caller: string, requestsPerSecond: number): boolean;
}

/**
 * A token bucket per caller: on average the allowed calls per second, and at most twice as many at once.
 *
 * @param now milliseconds since 1970
 */
export function createThrottle(now: () => number): Throttle {
  const buckets = new Map<string, { tokens: number; filledMs: number }>();

  return {
    take(caller, requestsPerSecond) {
      const mostTokens = Math.max(1, requestsPerSecond * burstSeconds);
      const nowMs = now();
      const { tokens, filledMs } = buckets.get(caller) ?? { tokens: mostTokens, filledMs: nowMs };
      // A clock that is set back must lock nobody out until it has caught up.
      const passedSeconds = Math.max(0, nowMs - filledMs) / 1000;
      const filled = Math.min(mostTokens, tokens + passedSeconds * requestsPerSecond);
      const mayCall = filled >= 1;
      buckets.set(caller, { tokens: mayCall ? filled - 1 : filled, filledMs: nowMs });
      return mayCall;
    },
  };
}
