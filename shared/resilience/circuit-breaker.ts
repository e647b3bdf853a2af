import { type Pause, remainingMs } from "./pause.ts";

export interface CircuitBreakerOptions {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Pause after the first failure; it doubles with each further one, up to `longestPauseMs`. */
  firstPauseMs: number;
  longestPauseMs: number;
}

export type CircuitBreaker = ReturnType<typeof createCircuitBreaker>;

/** Remembers that a server fails, and when it is to be tried again. */
export function createCircuitBreaker({ now, firstPauseMs, longestPauseMs }: CircuitBreakerOptions) {
  let failures = 0;
  let pause: Pause | undefined;
  const pauseMs = () => remainingMs(pause, now());

  return {
    isOpen: () => failures > 0,
    isTryDue: () => pauseMs() === 0,
    /** Milliseconds until the next try; 0 when it is due. */
    pauseMs,
    /** Returns whether this failure opened the circuit. */
    fail(): boolean {
      failures += 1;
      pause = { startedMs: now(), lengthMs: Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs) };
      return failures === 1;
    },
    /** Returns whether this success closed the circuit. */
    succeed(): boolean {
      const wasOpen = failures > 0;
      failures = 0;
      pause = undefined;
      return wasOpen;
    },
  };
}
