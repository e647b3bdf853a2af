import { seenInService } from "../../shared/registry/pointers/pointer-history.ts";
import type { ServedPeriod } from "../../shared/schemas/comparison-report.ts";

/**
 * What the list of periods does not show of moves that npm run promote and rollback did not make.
 *
 * @param pointer `Production`, or `@champion` for an alias
 * @param current number of the version that has it in the registry now; undefined when none has
 */
export function describeUnrecorded(
  periods: readonly ServedPeriod[],
  pointer: string,
  current: string | undefined,
): string[] {
  const notes: string[] = [];
  if (periods.some(({ by }) => by === seenInService))
    notes.push(
      `"${seenInService}" stands for a move from Python or MLflow's UI: "from" is when the service first answered with the version, not when it was moved.`,
    );
  if (current !== periods.at(-1)?.version)
    notes.push(
      current === undefined
        ? `In the registry no version is ${pointer} now: it was archived or deleted from Python or MLflow's UI.`
        : `In the registry version ${current} is ${pointer} now, moved from Python or MLflow's UI: it is listed once the service has answered with it.`,
    );
  return notes;
}
