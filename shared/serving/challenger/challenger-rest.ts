import { type Pause, remainingMs } from "../../resilience/pause.ts";

/** After an answer that takes longer, a challenger rests: so a slow one takes at most a tenth of an environment's time. */
const slowFromMs = 500;
const restFactor = 9;
/** A photograph's time is limited to less: what seems to take longer was interrupted by a freeze, perhaps of hours. */
const longestAnswerMs = 10_000;

/** The rest of a slow challenger. @param clock milliseconds since 1970 */
export function createChallengerRest(clock: () => number) {
  let rest: Pause | undefined;
  /** Time of the last answer, if that was slow. */
  let slowMs: number | undefined;

  return {
    isResting: () => remainingMs(rest, clock()) > 0,

    /** Returns whether this is the first slow answer after one that was not. */
    noteAnswer(timeMs: number): boolean {
      const isSlow = timeMs > slowFromMs;
      const isNews = isSlow && slowMs === undefined;
      slowMs = isSlow ? timeMs : undefined;
      if (isSlow) rest = { startedMs: clock(), lengthMs: restFactor * Math.min(timeMs, longestAnswerMs) };
      return isNews;
    },

    /** For another challenger. */
    reset(): void {
      rest = undefined;
      slowMs = undefined;
    },

    /** Why it rests, in words; undefined when its last answer was not slow. */
    reason: (): string | undefined => (slowMs === undefined ? undefined : describeSlow(slowMs)),
  };
}

const describeSlow = (timeMs: number): string =>
  `Its last answer took ${Math.round(timeMs)} ms. After an answer of more than ${slowFromMs} ms it rests ${restFactor} times as long, and photographs are skipped`;
