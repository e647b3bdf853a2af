export interface Pause {
  /** Milliseconds since 1970. */
  startedMs: number;
  lengthMs: number;
}

/**
 * Milliseconds until a pause is over. It is also over when the clock shows less than at its start: somebody has set the
 * clock back, perhaps by an hour, and nothing may wait for so long.
 */
export function remainingMs(pause: Pause | undefined, nowMs: number): number {
  if (pause === undefined || nowMs < pause.startedMs) return 0;
  return Math.max(pause.startedMs + pause.lengthMs - nowMs, 0);
}
