import type { RetrainingDecision } from "../../shared/learning/decide-retraining.ts";
import type { LearningFacts } from "../../shared/learning/read-facts.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { WatchedTest } from "./watch-test.ts";

/** What the job found. On AWS a rule of EventBridge starts a training when `retraining.due` is true. */
export interface LearningOutcome {
  ab_test?: WatchedTest;
  retraining?: { due: boolean; reason: string };
}

export interface LearningDependencies {
  watchTest(): Promise<WatchedTest>;
  /** Called once per run: it reads every label of half a year. */
  readFacts(): Promise<LearningFacts>;
  /** Writes each version's accuracy by labels to MLflow. */
  trackRealised(labels: LearningFacts["labels"]): Promise<unknown>;
  decideRetraining(facts: LearningFacts): RetrainingDecision;
  log: Log;
}

/**
 * Creates the scheduled job that watches the A/B test, writes each version's accuracy by labels, and says whether a training
 * is due. Each part runs whether or not another fails; the last two need the labels.
 *
 * @throws what the first failed part threw, after all parts have run
 */
export function createLearning(dependencies: LearningDependencies): () => Promise<LearningOutcome> {
  const { watchTest, readFacts, trackRealised, decideRetraining, log } = dependencies;
  return async () => {
    const facts = readFacts();
    const [test, decision, realised] = await Promise.allSettled([
      watchTest(),
      facts.then(decideRetraining),
      facts.then(({ labels }) => trackRealised(labels)),
    ]);
    for (const part of [test, decision, realised]) {
      if (part.status === "rejected") log.error("Part of the learning job failed", { error: part.reason });
    }
    if (test.status === "rejected") throw test.reason;
    if (decision.status === "rejected") throw decision.reason;
    if (realised.status === "rejected") throw realised.reason;
    const { action, reason } = decision.value;
    const due = action !== "none";
    if (due) log.info("A training is due", { reason });
    return { ab_test: test.value, retraining: { due, reason } };
  };
}
