const tickMs = 100;

/**
 * Calls `late` once this process has run for a time. Lambda freezes processes between events, perhaps for hours, and a timer that
 * counted them would fire at the first moment after.
 *
 * @param now milliseconds, of a clock that nobody sets
 * @returns a function that stops the timer
 */
export function startAwakeTimer(
  limitMs: number,
  late: () => void,
  now: () => number = () => performance.now(),
): () => void {
  let leftMs = limitMs;
  let lastMs = now();
  const timer = setInterval(
    () => {
      const nowMs = now();
      // Ticks come late under load, too, but not by much.
      leftMs -= Math.min(nowMs - lastMs, 10 * tickMs);
      lastMs = nowMs;
      if (leftMs > 0) return;
      clearInterval(timer);
      late();
    },
    Math.min(tickMs, limitMs),
  );
  return () => clearInterval(timer);
}
