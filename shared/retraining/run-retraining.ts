import { randomUUID } from "node:crypto";
import path from "node:path";
import { decideRetraining } from "../learning/decide-retraining.ts";
import { type LearningFacts, readLearningFacts } from "../learning/read-facts.ts";
import { createRetrainingLease } from "../learning/retraining-lease.ts";
import type { RetrainingState } from "../learning/retraining-state.ts";
import { admitCandidate } from "./admit-candidate.ts";
import {
  folderOfLog,
  inAttemptFolder,
  labelledIn,
  removeOtherAttempts,
  withLockedFolder,
} from "./attempt-folder.ts";
import { exportPhotographs } from "./export-photographs.ts";
import { registerCandidate } from "./register-candidate.ts";
import type { RetrainingOptions } from "./retraining-options.ts";

export interface RetrainingOutcome {
  /** Absent when no training was due. */
  state?: RetrainingState;
  /** What was done, or why nothing was. */
  outcome: string;
}

/**
 * Trains a version if a training is due, registers it, asks the gate about it, and makes it the challenger. It may end at any
 * moment: the next call continues, and no version is registered twice or only half.
 *
 * @throws what `train` throws; what called for the training calls for the next one, after the cool-down
 * @throws ServiceError when another process of this machine works on this training
 */
export async function runRetraining(options: RetrainingOptions): Promise<RetrainingOutcome> {
  const { location, s3Endpoint: endpoint, settings, isWanted, say = () => {} } = options;
  const facts = await readLearningFacts(location, Date.now());
  const { last } = facts;
  const { bucket, prefix } = location;
  const workFolder = folderOfLog(options.workFolder, { bucket, prefix, endpoint });
  // Earlier versions worked in the work folder itself; nobody continues what they left there.
  await removeOtherAttempts(options.workFolder, undefined);
  await removeOtherAttempts(workFolder, last?.phase === "training" ? last.attempt : undefined);
  const decided = decideRetraining(facts, settings);
  const isByHand = decided.action === "none" && isWanted && last?.phase !== "training";
  if (decided.action === "none" && !isByHand) return { outcome: decided.reason };
  const reason = isByHand ? "By hand" : decided.reason;
  const begun = decided.action === "resume" && last !== undefined ? resume(last) : begin(reason, facts);
  const labels = facts.labels.filter(({ labelled_ms: labelledMs }) => labelledMs <= begun.labels_until_ms);
  const folder = path.join(workFolder, begun.attempt);
  return withLockedFolder(folder, async () => {
    const lease = await createRetrainingLease(location, begun, facts.kept.condition);
    if (lease === undefined) return { outcome: "Another training started at the same moment" };
    say(`${reason}: training ${begun.attempt}`);
    const train = () => work(begun, labels, folder, options);
    const finished = await inAttemptFolder(folder, train).catch(async (error: unknown) => {
      const outcome = error instanceof Error ? error.message : String(error);
      await lease.end({ phase: "failed", outcome: outcome.slice(0, 1_000), ...begun.before });
      throw error;
    });
    // Where S3 does not take it, the next call finds the version that is registered.
    const state = await lease.end({ phase: "done", ...finished });
    return { state, outcome: finished.outcome };
  });
}

const resume = (state: RetrainingState) => ({ ...state, resumptions: (state.resumptions ?? 0) + 1 });

const begin = (reason: string, { last, nowMs, driftEpisode }: LearningFacts) => ({
  attempt: randomUUID(),
  reason,
  started_ms: nowMs,
  lease_until_ms: nowMs,
  phase: "training" as const,
  labels_until_ms: nowMs,
  drift_episode: driftEpisode,
  before: { labels_until_ms: last?.labels_until_ms ?? 0, drift_episode: last?.drift_episode ?? null },
});

async function work(
  { attempt, reason }: RetrainingState,
  labels: Parameters<typeof exportPhotographs>[0],
  folder: string,
  options: RetrainingOptions,
): Promise<{ version: string; outcome: string }> {
  const { photographs, train, say = () => {} } = options;
  const labelled = labelledIn(folder);
  const registered = await registerCandidate(attempt, options, async () => {
    const count = await exportPhotographs(labels, photographs, labelled);
    say(`Training with ${count} labelled photographs of the service`);
    await train({ labelled, work: folder });
    return { file: path.join(folder, "output", "model.keras"), photographs: count, reason };
  });
  say(`Version ${registered} is the candidate`);
  return { version: registered, outcome: await admitCandidate(registered, options) };
}
