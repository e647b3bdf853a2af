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
  /** Time of the newest report that changed something here: an older report changes nothing. */
  last_report_ms: z.number(),
  /** Reports without drift since the newest one with drift of the episode; absent in older states. */
  calm_reports: z.int().nonnegative().optional(),
  /** Time of the newest prediction of the report that changed something last; absent in older states. */
  last_prediction_ms: z.number().optional(),
  /** Until then one job is sending the unsent messages; after that another job sends what is left. */
  sending_until_ms: z.number(),
  /** Messages that a channel has not accepted yet. */
  unsent: z.array(z.object({ channel: z.string(), alert: alertSchema })),
});
export type AlertState = z.infer<typeof alertStateSchema>;

export const noAlerts: AlertState = { episode: null, last_report_ms: 0, sending_until_ms: 0, unsent: [] };

/** So many reports without drift in a row end an episode: a value near its limit crosses it back and forth. */
const calmReportsToEnd = 3;

export type Transition = { kind: Alert["kind"]; episode: NonNullable<AlertState["episode"]> };

/**
 * What a report changes: drift begins an episode, and the third report in a row without drift ends it. A report on too few
 * predictions counts for neither, and one on no newer prediction says nothing new.
 *
 * @returns undefined when nobody has to be told
 */
export function findTransition(state: AlertState, report: DriftReport): Transition | undefined {
  if (isLate(state, report)) return undefined;
  if (state.episode === null && report.verdict === "drift") {
    const causes = report.causes.filter(({ severity }) => severity === "drift").map(({ name }) => name);
    const id = report.drift_timestamp;
    return { kind: "drift_began", episode: { id, began_ms: Date.parse(id), causes } };
  }
  if (state.episode !== null && countCalm(state, report) >= calmReportsToEnd)
    return { kind: "drift_ended", episode: state.episode };
  return undefined;
}

/** The state after a report; the same object when the report changes nothing. */
export function advance(
  state: AlertState,
  report: DriftReport,
  transition: Transition | undefined,
): AlertState {
  const changed = {
    ...state,
    last_report_ms: Date.parse(report.drift_timestamp),
    last_prediction_ms: report.window.last_timestamp_ms ?? 0,
  };
  if (transition !== undefined) {
    const episode = transition.kind === "drift_began" ? transition.episode : null;
    return { ...changed, episode, calm_reports: 0 };
  }
  const { calm_reports: before = 0 } = state;
  const calm_reports = countCalm(state, report);
  if (state.episode === null || isLate(state, report) || calm_reports === before) return state;
  return { ...changed, calm_reports };
}

const isLate = (state: AlertState, report: DriftReport) =>
  Date.parse(report.drift_timestamp) <= state.last_report_ms;

function countCalm(
  { calm_reports: before = 0, last_prediction_ms: lastMs = 0 }: AlertState,
  { verdict, window: { last_timestamp_ms: newestMs } }: DriftReport,
): number {
  if (verdict === "drift") return 0;
  const isNews = verdict === "ok" && newestMs !== null && newestMs > lastMs;
  return isNews ? before + 1 : before;
}
