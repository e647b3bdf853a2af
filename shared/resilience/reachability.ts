import { type CircuitBreakerOptions, createCircuitBreaker } from "./circuit-breaker.ts";

export interface ReachabilityState {
  /** `unknown` until a first call has ended. */
  status: "unknown" | "reachable" | "unreachable";
  /** Message of the last failure, while the server is unreachable. */
  lastError?: string;
}

export type Reachability = ReturnType<typeof createReachability>;

/** A circuit breaker that also says what is known of its server. */
export function createReachability(options: CircuitBreakerOptions) {
  const breaker = createCircuitBreaker(options);
  let hasSucceeded = false;
  let lastError = "";

  return {
    ...breaker,
    /** Returns whether this failure opened the circuit. */
    fail(error: unknown): boolean {
      lastError = error instanceof Error ? error.message : String(error);
      return breaker.fail();
    },
    /** Returns whether this success closed the circuit. */
    succeed(): boolean {
      hasSucceeded = true;
      return breaker.succeed();
    },
    state(): ReachabilityState {
      if (breaker.isOpen()) return { status: "unreachable", lastError };
      return { status: hasSucceeded ? "reachable" : "unknown" };
    },
  };
}
