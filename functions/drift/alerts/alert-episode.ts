import * as z from "zod";
import type { DriftReport } from "../../../shared/schemas/drift-report.ts";

export const alertKinds = ["drift_began", "drift_ended"] as const;

/** The message about the beginning or the end of an episode of drift, as every channel gets it. */
export const alertSchema = z.object({
  kind: z.enum(alertKinds),
  episode_id: z.string(),
  subject: z.string(),
  text: z.string(),
  severity: z.enum(["ok", "warning", "drift"]),
  /** Names of the causes, the likeliest first; empty when drift ended. */
  causes: z.array(z.string()),
  /** Addresses of the report. */
  links: z.array(z.string()),
  /** The command to type next. */
  command: z.string(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Kept in S3 between two runs of the job. */
export const alertStateSchema = z.object({
  /** The episode that is still going on; null when there is none. */
  episode: z.object({ id: z.string(), began_ms: z.number(), causes: z.array(z.string()) }).nullable(),
  /** Time of the report that began or ended the last episode: an older report changes nothing. */
  last_report_ms: z.number(),
  /** Until then one job is sending the unsent messages; after that another job sends what is left. */
  sending_until_ms: z.number(),
  /** Messages that a channel has not accepted yet. */
  unsent: z.array(z.object({ channel: z.string(), alert: alertSchema })),
});
export type AlertState = z.infer<typeof alertStateSchema>;

export const noAlerts: AlertState = { episode: null, last_report_ms: 0, sending_until_ms: 0, unsent: [] };

export type Transition = { kind: Alert["kind"]; episode: NonNullable<AlertState["episode"]> };

/**
 * What a report changes: drift begins an episode, and the first report without drift ends it. A report on too few
 * predictions ends nothing.
 *
 * @returns undefined when nobody has to be told
 */
export function findTransition(state: AlertState, report: DriftReport): Transition | undefined {
  const reportMs = Date.parse(report.drift_timestamp);
  if (reportMs <= state.last_report_ms) return undefined;
  if (state.episode === null && report.verdict === "drift") {
    const causes = report.causes.filter(({ severity }) => severity === "drift").map(({ name }) => name);
    return { kind: "drift_began", episode: { id: report.drift_timestamp, began_ms: reportMs, causes } };
  }
  if (state.episode !== null && report.verdict === "ok")
    return { kind: "drift_ended", episode: state.episode };
  return undefined;
}

/** The state after a transition; unchanged when there is none. */
export function advance(
  state: AlertState,
  report: DriftReport,
  transition: Transition | undefined,
): AlertState {
  if (transition === undefined) return state;
  return {
    ...state,
    episode: transition.kind === "drift_began" ? transition.episode : null,
    last_report_ms: Date.parse(report.drift_timestamp),
  };
}
