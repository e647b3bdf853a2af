import { setTimeout as wait } from "node:timers/promises";
import { type Pause, remainingMs } from "../../../shared/resilience/pause.ts";
import { dayLengthMs, hourLengthMs } from "../../../shared/time/durations.ts";

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
  const lengthMs = everyHours * hourLengthMs;
  // A time in the future is that of a clock that was wrong.
  if (lastMs !== undefined) await waitFor({ startedMs: Math.min(lastMs, Date.now()), lengthMs }, signal);
  while (!signal.aborted) {
    const startedMs = Date.now();
    await work().catch(onFailure);
    await waitFor({ startedMs, lengthMs }, signal);
  }
}

/** A timer of more than 24.8 days would end at once, so none is longer than a day. */
async function waitFor(pause: Pause, signal: AbortSignal): Promise<void> {
  let restMs = remainingMs(pause, Date.now());
  do {
    await wait(Math.min(dayLengthMs, restMs), undefined, { signal }).catch(() => {});
    restMs = remainingMs(pause, Date.now());
  } while (!signal.aborted && restMs > 0);
}
