export interface Timer {
  /** Counts from zero again, unless it was stopped. */
  restart(): void;
  /** Ends it for good: a body may still be cancelled when its request has long failed. */
  stop(): void;
}

/** Calls `onEnd` once `durationMs` have passed since the start or the last restart. */
export function createTimer(durationMs: number, onEnd: () => void): Timer {
  let timeout: NodeJS.Timeout | undefined = setTimeout(onEnd, durationMs);
  return {
    restart() {
      timeout?.refresh();
    },
    stop() {
      clearTimeout(timeout);
      timeout = undefined;
    },
  };
}
