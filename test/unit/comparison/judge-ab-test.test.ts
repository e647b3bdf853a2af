import { describe, expect, it } from "vitest";
import { testArms, testSampleRatio } from "../../../shared/comparison/arm-test.ts";
import { computeLogComparison } from "../../../shared/comparison/comparison-report.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { assignedAnswers, modelOf } from "./records-of.ts";

type Answer = Parameters<typeof assignedAnswers>[1];

const compare = (predictions: readonly PredictionRecord[], testSinceMs?: number) =>
  computeLogComparison({ predictions, shadows: [], labels: new Map(), testSinceMs }, ["6", "7"], {
    model: "eyes",
    compared_at: "2026-11-28T12:00:00.000Z",
    period: null,
    history: [],
    ended: undefined,
  });
const judge = (predictions: readonly PredictionRecord[], testSinceMs?: number) => {
  const { ab_test: test } = compare(predictions, testSinceMs);
  if (test === null) throw new Error("Requests were assigned");
  return test;
};
const brokenOf = (count: number, answer: Answer) =>
  judge(assignedAnswers(count, answer))
    .guardrails.filter(({ isBroken }) => isBroken)
    .map(({ name }) => name);

/** Every `every`-th answer of an arm is unsure. */
const unsureEvery = (every: { champion: number; challenger: number }): Answer => {
  const counts = { champion: 0, challenger: 0 };
  return (_, isChallenger) => {
    const arm = isChallenger ? "challenger" : "champion";
    counts[arm] += 1;
    return { decision: counts[arm] % every[arm] === 0 ? "uncertain" : "confident" };
  };
};

describe("what is counted", () => {
  it("is the first answer to a key, not the last", () => {
    const answers = assignedAnswers(200, (index, isChallenger) => ({
      experiment: {
        challenger_version: "7",
        arm: isChallenger ? "challenger" : "champion",
        share: 0.5,
        // Each key comes twice: first sure, then unsure.
        unit: `${isChallenger}-${Math.floor(index / 8)}-${index % 2}`,
      },
      decision: index % 4 < 2 ? "confident" : "uncertain",
    }));
    const test = judge(answers);
    expect(test.units).toBe(100);
    expect(test.guardrails.find(({ name }) => name === "unsure_answers")?.text).toMatch(
      /of the challenger 0\.0 %, of the champion 0\.0 %/,
    );
  });

  it("is nothing of another challenger's test", () => {
    const other = assignedAnswers(50, (index) => ({
      experiment: { challenger_version: "8", arm: "champion", share: 0.5, unit: `other-${index}` },
    }));
    expect(judge([...other, ...assignedAnswers(80, () => ({}))]).units).toBe(80);
  });

  it("is nothing from before the time from which the test counts", () => {
    const later = assignedAnswers(80, (index) => ({ timestamp_ms: 1_000_000 + index }));
    expect(judge([...assignedAnswers(50, () => ({})), ...later], 1_000_000).units).toBe(80);
  });

  it("is nothing from before the champion was replaced", () => {
    const before = assignedAnswers(50, (index, isChallenger) => ({
      model: modelOf(isChallenger ? "7" : "5"),
      experiment: {
        challenger_version: "7",
        arm: isChallenger ? "challenger" : "champion",
        share: 0.5,
        unit: `before-${index}`,
      },
    }));
    const after = assignedAnswers(80, (index) => ({ timestamp_ms: 1_000_000 + index }));
    expect(judge([...before, ...after]).units).toBe(80);
  });

  it("is nothing of a test against another version", () => {
    const answers = assignedAnswers(80, (_, isChallenger) => (isChallenger ? {} : { model: modelOf("5") }));
    const { ab_test: test, verdict } = compare([
      ...answers,
      ...assignedAnswers(8, () => ({ experiment: undefined })),
    ]);
    expect(test).toBeNull();
    expect(verdict).toContain("no A/B test of version 7 against version 6");
  });

  it("is nothing of an environment that still has the version before, and everything of the others", () => {
    const answers = assignedAnswers(800, (index, isChallenger) => {
      if (index % 16 >= 8) return {};
      return { session_id: "behind", ...(!isChallenger && { model: modelOf("5") }) };
    });
    const { units, sample_ratio } = judge(answers);
    expect([units, sample_ratio.pValue]).toEqual([400, 1]);
  });

  it("is nothing of many short-lived environments that still have the version before, in either arm", () => {
    const answers = assignedAnswers(1_600, (index, isChallenger) => {
      if (index % 16 >= 8) return {};
      // Each answers twice, first in the challenger's arm.
      const session_id = `behind-${Math.floor(index / 16)}-${index % 4}`;
      const timestamp_ms = index * 1_000 + (isChallenger ? 0 : 8_000);
      return { session_id, timestamp_ms, ...(!isChallenger && { model: modelOf("5") }) };
    });
    const { units, sample_ratio } = judge(answers);
    expect([units, sample_ratio.pValue]).toEqual([800, 1]);
  });

  it("stays what it was before the challenger was promoted, while it answers the champion's arm", () => {
    const last = assignedAnswers(1, () => ({ timestamp_ms: 1_000_000, model: modelOf("7") }));
    expect(judge([...assignedAnswers(80, () => ({})), ...last]).units).toBe(80);
  });

  it("is nothing before the champion served again, where another one had taken over for a while", () => {
    const during = assignedAnswers(50, (index, isChallenger) => ({
      timestamp_ms: 1_000_000 + index,
      ...(!isChallenger && { model: modelOf("5") }),
    }));
    const after = assignedAnswers(80, (index, isChallenger) => ({
      timestamp_ms: 2_000_000 + index,
      experiment: {
        challenger_version: "7",
        arm: isChallenger ? "challenger" : "champion",
        share: 0.5,
        unit: `after-${index}`,
      },
    }));
    expect(judge([...assignedAnswers(80, () => ({})), ...during, ...after]).units).toBe(80);
  });

  it("is a photograph that somebody decided about, where answers are unsure", () => {
    const test = judge(
      assignedAnswers(80, (index) => ({ decision: index % 4 === 0 ? undefined : "confident" })),
    );
    expect([test.units, test.unsure.trials]).toEqual([80, 60]);
  });

  it("is what the challenger failed at, in its failures", () => {
    const fallbacks = assignedAnswers(80, (index, isChallenger) =>
      isChallenger && index % 8 === 4 ? { model: modelOf("6") } : {},
    );
    expect(compare(fallbacks).versions?.[1]).toMatchObject({ answers: 30, failures: 10 });
  });
});

describe("a guardrail", () => {
  it("is not broken by a few requests", () => {
    const twoFailures: Answer = (index) => (index === 4 || index === 20 ? { model: modelOf("6") } : {});
    expect(brokenOf(40, twoFailures)).toEqual([]);
    expect(brokenOf(80, unsureEvery({ champion: 10, challenger: 4 }))).toEqual([]);
    const slow: Answer = (_, isChallenger) => ({ inference_time_ms: isChallenger ? 900 : 10 });
    expect(brokenOf(190, slow)).toEqual([]);
    expect(brokenOf(210, slow)).toEqual(["latency"]);
  });

  it("takes the time of the challenger's own answers, not of those that the champion gave for it", () => {
    const broken = brokenOf(800, (index, isChallenger) => {
      if (!isChallenger) return {};
      return index % 8 < 7 ? { model: modelOf("6") } : { inference_time_ms: 900 };
    });
    expect(broken).toContain("latency");
  });

  it("is broken by a challenger that calls photographs ungradable which the champion answers", () => {
    expect(
      brokenOf(400, (_, isChallenger) => ({ decision: isChallenger ? "ungradable" : "uncertain" })),
    ).toEqual([]);
    expect(
      brokenOf(400, (_, isChallenger) => ({ decision: isChallenger ? "ungradable" : "confident" })),
    ).toEqual(["unsure_answers"]);
  });

  it("is broken by a challenger that refuses photographs, so that they are missing in its arm", () => {
    const answered = assignedAnswers(400, () => ({})).filter(
      ({ experiment }, index) => experiment?.arm === "champion" || index % 2 === 0,
    );
    expect(judge(answered).guardrails.find(({ isBroken }) => isBroken)).toMatchObject({
      name: "sample_ratio",
      text: "The challenger's arm has 100 of 300 units, 33.3 %; intended 50.0 %",
    });
  });

  it("is not broken by a challenger that is a little less sure", () => {
    expect(brokenOf(8_000, unsureEvery({ champion: 10, challenger: 6 }))).toEqual([]);
  });
});

describe("the verdict", () => {
  it.each([
    [{ champion: 10, challenger: 6 }, "more"],
    [{ champion: 6, challenger: 10 }, "less"],
  ])("says which version is unsure more often: one of %o", (every, word) => {
    expect(compare(assignedAnswers(8_000, unsureEvery(every))).verdict).toMatch(
      new RegExp(`^Version 7 is unsure, or calls photographs ungradable, ${word} often than version 6`),
    );
  });

  /** So many unsure answers of the challenger alone, of 400 units. */
  const withUnsure = (count: number) => {
    let left = count;
    return assignedAnswers(400, (_, isChallenger) => {
      if (!isChallenger || left === 0) return {};
      left -= 1;
      return { decision: "uncertain" };
    });
  };
  const pValueOf = (count: number) => judge(withUnsure(count)).unsure.pValue;

  it("finds a difference at 0.025, because two outcomes are tested, not at 0.05", () => {
    const counts = Array.from({ length: 20 }, (_, count) => count);
    const between = counts.find((count) => pValueOf(count) <= 0.05 && pValueOf(count) > 0.025);
    const below = counts.find((count) => pValueOf(count) <= 0.025);
    if (between === undefined || below === undefined) throw new Error("Expected counts with such p-values");
    expect(compare(withUnsure(between)).verdict).toMatch(/^No difference/);
    expect(compare(withUnsure(below)).verdict).toMatch(/ more often than version 6/);
  });

  it("believes arms that are a little uneven, and no longer at 0.001", () => {
    const without = (count: number) => {
      let left = count;
      return assignedAnswers(1_000, () => ({})).filter(({ experiment }) => {
        if (experiment?.arm !== "challenger" || left === 0) return true;
        left -= 1;
        return false;
      });
    };
    const ratioPValueOf = (count: number) => judge(without(count)).sample_ratio.pValue;
    const counts = Array.from({ length: 200 }, (_, count) => count);
    const uneven = counts.find((count) => ratioPValueOf(count) < 0.04);
    const broken = counts.find((count) => count > (uneven ?? 0) && ratioPValueOf(count) < 0.001);
    if (uneven === undefined || broken === undefined) throw new Error("Expected such p-values");
    expect(compare(without(uneven)).verdict).toMatch(/^No difference/);
    expect(compare(without(broken)).verdict).toMatch(/do not rely on the figures/);
  });
});

it("a share of a tenth is expected where a tenth was asked for", () => {
  const arms = (every: number) => Array.from({ length: 2_000 }, (_, index) => index % every === 0);
  expect(testSampleRatio(arms(10), 0.1).pValue).toBeGreaterThan(0.05);
  expect(testSampleRatio(arms(2), 0.1).pValue).toBeLessThan(0.001);
  const trials = arms(10).map((isChallenger, index) => ({ isChallenger, isEvent: index % 3 === 0 }));
  expect(testArms(trials, 0.1).pValue).toBeGreaterThan(0.05);
});
