import { describe, expect, it } from "vitest";
import { computeDriftReport, judgeWindow, lastPredictions } from "../../../shared/drift/drift-report.ts";
import { summariseRecords } from "../../../shared/drift/summary/hour-summary.ts";
import type { AnalysedWindow } from "../../../shared/drift/window/analysed-window.ts";
import { windowOfRecords } from "../../../shared/drift/window/window-of-records.ts";
import { createSummaryWindow } from "../../../shared/drift/window/window-of-summaries.ts";
import {
  adviseOwnReference,
  chooseCommand,
  describeVerdict,
  listNextSteps,
} from "../../../shared/report/advice.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { driftSettings } from "../../../shared/settings/drift.ts";
import { createImageMeasures, createPredictionRecords } from "../../support/prediction-records.ts";

const settings = driftSettings.parse({});
const modelOf = (version: string) =>
  ({ name: "eyes", version, source: "mlflow_registry", engine: "onnx" }) as const;

const bySummaries = (records: readonly PredictionRecord[]) => {
  const window = createSummaryWindow({}, 70);
  window.add(summariseRecords(records));
  return window.finish() as AnalysedWindow;
};

describe.each([
  ["records", (records: readonly PredictionRecord[]) => windowOfRecords(records, 70)],
  ["summaries", bySummaries],
] as const)("what to do about drift where several versions answered, by %s", (_, windowOf) => {
  /** On a hundred unsure answers, each by the version that is given for its index. */
  const adviceOn = (answer: (index: number) => Partial<PredictionRecord>) => {
    const records = createPredictionRecords(100, (index) => ({ confidence: 30, ...answer(index) }));
    const report = judgeWindow(windowOf(records), settings, new Date(0), {
      reading: { selection: lastPredictions(100), brokenLines: 0, isComplete: true },
    });
    expect(report.verdict).toBe("drift");
    return { steps: listNextSteps(report), command: chooseCommand(report) };
  };
  const inTest = (index: number) => {
    const arm = index % 3 === 0 ? "challenger" : "champion";
    return {
      model: modelOf(arm === "challenger" ? "7" : "6"),
      experiment: { challenger_version: "7", arm, share: 0.3, unit: `unit-${index}` },
    } as const;
  };

  it("is to go back where a newer version took over", () => {
    const { steps, command } = adviceOn((index) => ({ model: modelOf(index < 50 ? "9" : "10") }));
    expect(steps[0]).toMatch(/eyes\/10, eyes\/9.*npm run rollback/);
    expect(command).toBe("npm run rollback");
  });

  it("is not to go back once more where somebody went back already", () => {
    const { steps, command } = adviceOn((index) => ({ model: modelOf(index < 50 ? "10" : "9") }));
    expect(steps[0]).toMatch(/eyes\/10, eyes\/9.*eyes\/9 serves/);
    expect(steps[0]).not.toMatch(/rollback/);
    expect(command).toBe("npm run drift");
  });

  it("is to look at the A/B test where its challenger answered a part", () => {
    const { steps, command } = adviceOn(inTest);
    expect(steps[0]).toMatch(/challenger in an A\/B test \(eyes\/7\).*npm run compare/);
    expect(steps.join()).not.toMatch(/answered in this window/);
    expect(command).toBe("npm run drift");
  });

  it("is to go back where the challenger was promoted", () => {
    const { steps, command } = adviceOn((index) => (index < 60 ? inTest(index) : { model: modelOf("7") }));
    expect(steps[0]).toMatch(/eyes\/6, eyes\/7.*npm run rollback/);
    expect(command).toBe("npm run rollback");
  });
});

describe("what to do about too few predictions of the reference's version", () => {
  const nextOf = (share: number, selected = 100, isTest = true) => {
    const records = createPredictionRecords(100, (index) => {
      const isOther = index < share * 100;
      if (!isOther) return { model: modelOf("6") };
      const experiment = {
        challenger_version: "5",
        arm: "challenger",
        share,
        unit: `unit-${index}`,
      } as const;
      return { model: modelOf("5"), ...(isTest && { experiment }) };
    });
    const report = judgeWindow(windowOfRecords(records, 70), settings, new Date(0), {
      reading: { selection: lastPredictions(selected), brokenLines: 0, isComplete: true },
      reference: { source: "eyes/6", version: "eyes/6", rows: createPredictionRecords(200) },
    });
    expect(report.verdict).toBe("insufficient_data");
    return describeVerdict(report).next;
  };

  it("is a larger window where an A/B test leaves the champion too small a part of a full one", () => {
    // 1.5 x 50 predictions of 40 in 100.
    expect(nextOf(0.6)).toMatch(/A\/B test.*DRIFT_WINDOW_SIZE to at least 188/);
  });

  it("is to wait after a promotion, and where the window is not full", () => {
    expect(nextOf(0.6, 100, false)).toMatch(/once there are 10 more/);
    expect(nextOf(0.6, 200)).toMatch(/once there are 10 more/);
  });
});

describe("what to do about drift", () => {
  it.each([true, false])(
    "is last to name one's own usual weeks, where the reference comes from elsewhere: %s",
    (limitsAlone) => {
      const records = (confidence: number) => createPredictionRecords(100, () => ({ confidence }));
      const reference = { source: "held-out patients", rows: records(65), limitsAlone };
      const report = computeDriftReport(records(30), settings, new Date(0), reference);
      expect(report.verdict).toBe("drift");
      const advice = expect.stringMatching(/usual weeks the reference: npm run drift:reference/);
      expect(listNextSteps(report).at(-1)).toEqual(
        limitsAlone ? advice : expect.not.stringMatching(/usual weeks/),
      );
    },
  );

  it.each([true, false])(
    "is to name one's own weeks where many answers are uncertain and the reference has no decisions, which then can move no limit: %s",
    (hasDecisions) => {
      const records = createPredictionRecords(100, () => ({ decision: "uncertain" }));
      const rows = createPredictionRecords(500, () => (hasDecisions ? { decision: "uncertain" } : {}));
      const reference = { source: "validation", rows };
      const report = computeDriftReport(records, settings, new Date(0), reference);
      expect(report.verdict).toBe(hasDecisions ? "ok" : "drift");
      const advice = expect.stringMatching(/usual weeks the reference/);
      expect(adviseOwnReference(report)).toEqual(hasDecisions ? undefined : advice);
    },
  );

  it("is not to name one's own weeks where black pictures are the cause, which are usual nowhere", () => {
    const rows = createPredictionRecords(100);
    const black = createPredictionRecords(100, (index) => ({
      image_measures: createImageMeasures(index, { brightness: 1 }),
    }));
    const reference = { source: "held-out patients", rows, limitsAlone: true };
    const report = computeDriftReport(black, settings, new Date(0), reference);
    expect(report.causes.map(({ name }) => name)).toContain("dark_pictures");
    expect(adviseOwnReference(report)).toBeUndefined();
  });
});
