import type { RetrainingSettings } from "../settings/retraining.ts";
import { dayLengthMs } from "../time/durations.ts";
import type { RetrainingState } from "./retraining-state.ts";

export interface RetrainingFacts {
  /** State of the last training; undefined before the first. */
  last: RetrainingState | undefined;
  /** Number of labels that came after those of the last training. */
  newLabels: number;
  /** Id of the drift that is going on; null when there is none. */
  driftEpisode: string | null;
  nowMs: number;
}

export type RetrainingDecision =
  /** Resume an interrupted training, or begin one. */
  { action: "resume" | "train"; reason: string } | { action: "none"; reason: string };

/** Whether a version is to be trained now, with the reason. */
export function decideRetraining(facts: RetrainingFacts, settings: RetrainingSettings): RetrainingDecision {
  const { last, nowMs } = facts;
  if (last?.phase === "training") {
    return nowMs < last.lease_until_ms
      ? {
          action: "none",
          reason: `A training has been running since ${new Date(last.started_ms).toISOString()}`,
        }
      : {
          action: "resume",
          reason: `The training of ${new Date(last.started_ms).toISOString()} was interrupted`,
        };
  }
  const reason = findReason(facts, settings);
  if (reason === undefined)
    return { action: "none", reason: `Nothing calls for a training (new labels: ${facts.newLabels})` };
  const readyMs = last === undefined ? 0 : last.started_ms + settings.cooldownDays * dayLengthMs;
  if (nowMs < readyMs)
    return {
      action: "none",
      reason: `${reason}; RETRAINING_COOLDOWN_DAYS allows no training before ${new Date(readyMs).toISOString()}`,
    };
  return { action: "train", reason };
}

function findReason(
  { last, newLabels, driftEpisode, nowMs }: RetrainingFacts,
  settings: RetrainingSettings,
): string | undefined {
  if (settings.onDrift && driftEpisode !== null && driftEpisode !== last?.drift_episode)
    return `Drift has gone on since ${driftEpisode}`;
  if (settings.labels > 0 && newLabels >= settings.labels)
    return `${newLabels} new labels; ${settings.labels} are enough for a training`;
  if (settings.days > 0 && last !== undefined && nowMs - last.started_ms >= settings.days * dayLengthMs)
    return `The last training was ${settings.days} days ago or more`;
  if (settings.days > 0 && last === undefined)
    return "No version has been trained yet, and RETRAINING_DAYS asks for one";
  return undefined;
}
