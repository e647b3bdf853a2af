import type { Dashboard } from "../../../../shared/schemas/dashboard.ts";
import { dayLengthMs } from "../../../../shared/time/durations.ts";

/** Drift is examined every hour, or at least once per day: an older verdict says nothing of the present. */
const longestCurrentMs = 2 * dayLengthMs;

/** The last verdict, unless it is too old to say anything of the present. */
export function findCurrentVerdict({ to, verdicts }: Pick<Dashboard, "to" | "verdicts">) {
  const last = verdicts.at(-1);
  return last && Date.parse(to) - Date.parse(last.at) <= longestCurrentMs ? last : undefined;
}
