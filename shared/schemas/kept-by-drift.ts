import * as z from "zod";

/** Where the drift job keeps its reports beside the inference log. */
export const driftReportsFolder = (prefix: string): string => `${prefix}drift-reports/`;

/** Where it keeps those of one day, `2026-11-25` in UTC. What somebody asked for by hand is kept elsewhere in the folder. */
export const driftReportsOfDay = (prefix: string, day: string): string =>
  `${driftReportsFolder(prefix)}date=${day}/`;

/** What is read of a kept report by those who show only its verdict. */
export const keptVerdictSchema = z.object({
  drift_timestamp: z.iso.datetime(),
  verdict: z.enum(["ok", "drift", "insufficient_data"]),
});

/** Where it keeps which drift it has reported and not yet ended. */
export const alertStateKey = (prefix: string): string => `${prefix}drift-state/alert.json`;
