import { setTimeout as wait } from "node:timers/promises";

export interface Schedule {
  everyHours: number;
  /** Makes one backup. */
  backUp(): Promise<unknown>;
  /** Told of one that failed; the next is made all the same. */
  onFailure(error: unknown): void;
  signal: AbortSignal;
}

const hourLengthMs = 3_600_000;

/** Makes a backup now and then every so many hours, until the signal. */
export async function runSchedule({ everyHours, backUp, onFailure, signal }: Schedule): Promise<void> {
  while (!signal.aborted) {
    const startedMs = Date.now();
    await backUp().catch(onFailure);
    const restMs = Math.max(0, startedMs + everyHours * hourLengthMs - Date.now());
    await wait(restMs, undefined, { signal }).catch(() => {});
  }
}
