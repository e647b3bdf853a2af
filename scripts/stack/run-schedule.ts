import { setTimeout as wait } from "node:timers/promises";
import { dayLengthMs, hourLengthMs } from "../../shared/time/durations.ts";

export interface Schedule {
  everyHours: number;
  /** When the work was done last, before this process, if it is known. */
  lastMs?: number | undefined;
  work(): Promise<unknown>;
  /** Told of each failure; the next attempt comes as scheduled. */
  onFailure(error: unknown): void;
  signal: AbortSignal;
}

/** Does the work now, or `everyHours` after it was done last, and again every `everyHours`, until the signal. */
export async function runSchedule({ everyHours, lastMs, work, onFailure, signal }: Schedule): Promise<void> {
  const restMs = everyHours * hourLengthMs;
  // A time in the future is that of a clock that was wrong.
  if (lastMs !== undefined) await waitUntil(Math.min(lastMs, Date.now()) + restMs, signal);
  while (!signal.aborted) {
    const startedMs = Date.now();
    await work().catch(onFailure);
    await waitUntil(startedMs + restMs, signal);
  }
}

/** A timer of more than 24.8 days would end at once, so none is longer than a day. */
async function waitUntil(dueMs: number, signal: AbortSignal): Promise<void> {
  do {
    const restMs = Math.min(dayLengthMs, Math.max(0, dueMs - Date.now()));
    await wait(restMs, undefined, { signal }).catch(() => {});
  } while (!signal.aborted && Date.now() < dueMs);
}
