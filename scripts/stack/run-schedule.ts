import { setTimeout as wait } from "node:timers/promises";
import { hourLengthMs } from "../../shared/time/durations.ts";

export interface Schedule {
  everyHours: number;
  work(): Promise<unknown>;
  /** Told of each failure; the next attempt comes as scheduled. */
  onFailure(error: unknown): void;
  signal: AbortSignal;
}

/** Does the work now, and again every `everyHours`, until the signal. */
export async function runSchedule({ everyHours, work, onFailure, signal }: Schedule): Promise<void> {
  while (!signal.aborted) {
    const startedMs = Date.now();
    await work().catch(onFailure);
    const restMs = Math.max(0, startedMs + everyHours * hourLengthMs - Date.now());
    await wait(restMs, undefined, { signal }).catch(() => {});
  }
}
