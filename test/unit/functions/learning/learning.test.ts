import { describe, expect, it } from "vitest";
import { createLearning } from "../../../../functions/learning/learning.ts";
import { watchTest } from "../../../../functions/learning/watch-test.ts";
import { computeLogComparison } from "../../../../shared/comparison/comparison-report.ts";
import type { LearningFacts } from "../../../../shared/learning/read-facts.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";
import { assignedAnswers, modelOf } from "../../comparison/records-of.ts";

const nowIso = "2026-11-28T12:00:00.000Z";

async function watch(hasFailures: boolean, failing: { report?: Error; tag?: Error } = {}) {
  const ended: string[] = [];
  const tracked: unknown[] = [];
  const log = createRecordedLog();
  const predictions = assignedAnswers(800, (_, isChallenger) =>
    isChallenger && hasFailures ? { model: modelOf("6") } : {},
  );
  const watching = watchTest({
    findTest: async () => ({
      challenger: "7",
      champion: "6",
      compare: () =>
        computeLogComparison({ predictions, shadows: [], labels: new Map() }, ["6", "7"], {
          model: "eyes",
          compared_at: nowIso,
          period: null,
          history: [],
          ended: undefined,
        }),
    }),
    endTest: async (challenger, reason) => {
      if (failing.tag) throw failing.tag;
      ended.push(`${challenger}: ${reason}`);
    },
    trackReport: async (report) => {
      if (failing.report) throw failing.report;
      tracked.push(report);
    },
    log,
  });
  const [outcome] = await Promise.allSettled([watching]);
  return { outcome, ended, tracked, log };
}

describe("an A/B test", () => {
  it("goes on while its guardrails are kept", async () => {
    const { outcome, ended, tracked } = await watch(false);
    expect(outcome).toMatchObject({ value: { challenger: "7", ended: false } });
    expect(ended).toEqual([]);
    expect(tracked).toEqual([]);
  });

  it("is ended by a guardrail, in the registry, in the log and in a report", async () => {
    const { outcome, ended, tracked, log } = await watch(true);
    expect(outcome).toMatchObject({ value: { ended: true } });
    expect(ended).toEqual([expect.stringMatching(/^7: The challenger failed on 400 of 400 requests/)]);
    expect(tracked).toMatchObject([{ ab_test: { ended: expect.stringContaining("failed on 400") } }]);
    expect(log.lines).toMatchObject([{ level: "warn" }]);
  });

  it("that cannot be ended has no report, as every run that finds it again would write one more", async () => {
    const tag = new Error("MLflow is down");
    const { outcome, ended, tracked, log } = await watch(true, { tag });
    expect(outcome).toEqual({ status: "rejected", reason: tag });
    expect([ended, log.lines, tracked]).toEqual([[], [], []]);
  });

  it("is ended although its report cannot be kept, which fails the run", async () => {
    const report = new Error("S3 is down");
    const { outcome, ended } = await watch(true, { report });
    expect(outcome).toEqual({ status: "rejected", reason: report });
    expect(ended).toHaveLength(1);
  });
});

describe("the scheduled job", () => {
  const log = createRecordedLog();
  const decide = () => ({ action: "train", reason: "100 new labels" }) as const;
  const noFacts: LearningFacts = {
    kept: { state: undefined, condition: { ifAbsent: true } },
    labels: [],
    ...{ last: undefined, newLabels: 0, driftEpisode: null, nowMs: 0 },
  };
  const readFacts = async () => noFacts;
  const emitFailedParts = () => {};
  const noTest = async () => ({ verdict: "No A/B test goes on", ended: false });

  it("says whether a training is due, as the rule of EventBridge reads it", async () => {
    const outcome = await createLearning({
      watchTest: noTest,
      readFacts,
      trackRealised: async () => [],
      decideRetraining: decide,
      emitFailedParts,
      log,
    })();
    expect(outcome).toMatchObject({ retraining: { due: true, reason: "100 new labels" } });
    const none = () => ({ action: "none", reason: "Nothing" }) as const;
    expect(
      await createLearning({
        watchTest: noTest,
        readFacts,
        trackRealised: async () => [],
        decideRetraining: none,
        emitFailedParts,
        log,
      })(),
    ).toMatchObject({
      retraining: { due: false },
    });
  });

  it("says that a training is due although another part fails, and counts that part", async () => {
    const emitted: number[] = [];
    let isTracked = false;
    let readings = 0;
    const failing = createLearning({
      watchTest: () => Promise.reject(new Error("MLflow is down")),
      readFacts: async () => {
        readings += 1;
        return noFacts;
      },
      trackRealised: async () => {
        isTracked = true;
      },
      decideRetraining: decide,
      emitFailedParts: (failedParts) => emitted.push(failedParts),
      log,
    });
    expect(await failing()).toEqual({ retraining: { due: true, reason: "100 new labels" }, failed_parts: 1 });
    expect(isTracked).toBe(true);
    expect(readings).toBe(1);
    expect(emitted).toEqual([1]);
    expect(log.lines.at(-2)).toMatchObject({ level: "error", message: "Part of the learning job failed" });
  });

  it("does not fail itself where nothing could be read", async () => {
    const emitted: number[] = [];
    const outcome = await createLearning({
      watchTest: noTest,
      readFacts: () => Promise.reject(new Error("S3 is down")),
      trackRealised: async () => [],
      decideRetraining: decide,
      emitFailedParts: (failedParts) => emitted.push(failedParts),
      log,
    })();
    expect(outcome).toEqual({ ab_test: await noTest(), failed_parts: 2 });
    expect(emitted).toEqual([2]);
  });
});
