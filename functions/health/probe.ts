import { nameFailure } from "../../shared/errors/name-failure.ts";
import { type Pause, remainingMs } from "../../shared/resilience/pause.ts";
import { waitAtMost } from "../../shared/resilience/wait-at-most.ts";
import type { Dependency } from "../../shared/schemas/health.ts";

export interface ProbeOptions {
  /** For how long an outcome is repeated before the server is asked again. */
  keepMs: number;
  timeoutMs: number;
  /** Gets the whole error; callers of the service see only its kind. */
  onFailure: (error: unknown) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface ProbeOutcome<T> {
  dependency: Dependency;
  /** What the server returned when it was last reachable; undefined if it never was. */
  value: T | undefined;
}

/**
 * Asks a server whether it answers within `timeoutMs`, and keeps the outcome for `keepMs`, so that the health checks of many
 * callers cost one request, even while the server is slow. Never rejects.
 */
export function createProbe<T>(
  ask: () => Promise<T>,
  { keepMs, timeoutMs, onFailure, now }: ProbeOptions,
): () => Promise<ProbeOutcome<T>> {
  let value: T | undefined;
  let outcome: Promise<ProbeOutcome<T>> | undefined;
  /** Undefined while the server is asked. */
  let kept: Pause | undefined;

  async function probe(): Promise<ProbeOutcome<T>> {
    // Not by `now`: a clock that was set back meanwhile gave a time below 0, and an answer that no schema takes.
    const startedMs = performance.now();
    const checkedAt = new Date(now()).toISOString();
    try {
      value = await withTimeout(ask(), timeoutMs);
      const responseTimeMs = Math.round(performance.now() - startedMs);
      return {
        dependency: { status: "reachable", response_time_ms: responseTimeMs, checked_at: checkedAt },
        value,
      };
    } catch (error) {
      onFailure(error);
      const detail = error instanceof ProbeTimeoutError ? error.message : nameFailure(error);
      return {
        dependency: { status: "unreachable", response_time_ms: null, detail, checked_at: checkedAt },
        value,
      };
    } finally {
      kept = { startedMs: now(), lengthMs: keepMs };
    }
  }

  return () => {
    const isOver = kept !== undefined && remainingMs(kept, now()) === 0;
    if (outcome === undefined || isOver) {
      kept = undefined;
      outcome = probe();
    }
    return outcome;
  };
}

/** The outcome for a server that the settings do not use. */
export function describeUnused(detail: string, nowMs: number): Dependency {
  return { status: "off", response_time_ms: null, detail, checked_at: new Date(nowMs).toISOString() };
}

class ProbeTimeoutError extends Error {}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  if (!(await waitAtMost(work, timeoutMs))) throw new ProbeTimeoutError(`No answer within ${timeoutMs} ms`);
  return work;
}
