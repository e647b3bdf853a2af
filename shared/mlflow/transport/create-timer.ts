export interface Timer {
  /** Counts from zero again. */
  restart(): void;
  stop(): void;
}

/** Calls `onEnd` once `durationMs` have passed since the start or the last restart. */
export function createTimer(durationMs: number, onEnd: () => void): Timer {
  let timeout = setTimeout(onEnd, durationMs);
  const stop = () => clearTimeout(timeout);
  return {
    stop,
    restart() {
      stop();
      timeout = setTimeout(onEnd, durationMs);
    },
  };
}
