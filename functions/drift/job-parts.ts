import type { Log } from "../../shared/schemas/log.ts";

/** How one part of the job ended. */
export interface PartOutcome {
  name: string;
  succeeded: boolean;
  /** Why it failed; absent when it succeeded. */
  error?: string;
}

/** Runs the parts of a job one after the other; a part that fails is logged and does not stop the others. */
export function createJobParts(log: Log) {
  const outcomes: PartOutcome[] = [];
  return {
    outcomes,
    countFailures: () => outcomes.filter((outcome) => !outcome.succeeded).length,

    /** Returns what `work` gives, or undefined when it fails. */
    async run<T>(name: string, work: () => Promise<T> | T): Promise<T | undefined> {
      try {
        const result = await work();
        outcomes.push({ name, succeeded: true });
        log.debug("Part of the drift job done", { part: name });
        return result;
      } catch (error) {
        outcomes.push({
          name,
          succeeded: false,
          error: error instanceof Error ? error.message : String(error),
        });
        log.error("Part of the drift job failed", { part: name, error });
        return undefined;
      }
    },
  };
}
