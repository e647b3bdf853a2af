import type { RetrainingDecision } from "../../shared/learning/decide-retraining.ts";
import type { LearningFacts } from "../../shared/learning/read-facts.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { WatchedTest } from "./watch-test.ts";

/** What the job found. On AWS a rule of EventBridge starts a training when `retraining.due` is true. */
export interface LearningOutcome {
  /** Absent when the test could not be watched. */
  ab_test?: WatchedTest;
  /** Absent when it could not be decided. */
  retraining?: { due: boolean; reason: string };
  failed_parts: number;
}

export interface LearningDependencies {
  watchTest(): Promise<WatchedTest>;
  /** Called once per run: it reads every label of half a year. */
  readFacts(): Promise<LearningFacts>;
  /** Writes each version's accuracy by labels to MLflow. */
  trackRealised(labels: LearningFacts["labels"]): Promise<unknown>;
  decideRetraining(facts: LearningFacts): RetrainingDecision;
  /** Counts the parts that failed, for the alarm. */
  emitFailedParts(failedParts: number): void;
  log: Log;
}

/**
 * Creates the scheduled job that watches the A/B test, writes each version's accuracy by labels, and says whether a training
 * is due. Each part runs whether or not another fails; the last two need the labels. A part that fails is logged and counted, and
 * the outcome says what the others found: a training that is due must not wait until MLflow answers again.
 */
export function createLearning(dependencies: LearningDependencies): () => Promise<LearningOutcome> {
  const { watchTest, readFacts, trackRealised, decideRetraining, emitFailedParts, log } = dependencies;
  return async () => {
    const facts = readFacts();
    const [test, decision, realised] = await Promise.allSettled([
      watchTest(),
      facts.then(decideRetraining),
      facts.then(({ labels }) => trackRealised(labels)),
    ]);
    const failed = [test, decision, realised].filter((part) => part.status === "rejected");
    for (const { reason } of failed) log.error("Part of the learning job failed", { error: reason });
    emitFailedParts(failed.length);
    const retraining = decision.status === "fulfilled" ? renderDecision(decision.value) : undefined;
    if (retraining?.due) log.info("A training is due", { reason: retraining.reason });
    return {
      ...(test.status === "fulfilled" && { ab_test: test.value }),
      ...(retraining && { retraining }),
      failed_parts: failed.length,
    };
  };
}

const renderDecision = ({ action, reason }: RetrainingDecision) => ({ due: action !== "none", reason });
