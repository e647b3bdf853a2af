import { describe, expect, it } from "vitest";
import { summariseRecords } from "../../../../shared/drift/summary/hour-summary.ts";
import { windowOfRecords } from "../../../../shared/drift/window/window-of-records.ts";
import { createSummaryWindow } from "../../../../shared/drift/window/window-of-summaries.ts";
import type { PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import { createPredictionRecord } from "../../../support/prediction-records.ts";

const answerOf = (index: number, version: string, arm?: "champion" | "challenger") => {
  const { model, ...record } = createPredictionRecord(index);
  return {
    ...record,
    model: { ...model, version },
    ...(arm && { experiment: { arm, challenger_version: "7", share: 0.5, unit: `${index}` } }),
  };
};
const byRecords = (records: readonly PredictionRecord[]) => windowOfRecords(records, 70).servingVersion;
const bySummaries = (records: readonly PredictionRecord[]) => {
  const window = createSummaryWindow({}, 70);
  window.add(summariseRecords(records));
  return window.finish()?.servingVersion;
};

describe.each([
  ["the records", byRecords],
  ["summaries", bySummaries],
])("the version that serves, by %s", (_, nameServing) => {
  it("is that of the newest prediction", () => {
    expect(nameServing([answerOf(0, "5"), answerOf(1, "6")])).toBe("eye-disease-model/6");
    expect(nameServing([answerOf(0, "6"), answerOf(1, "5")])).toBe("eye-disease-model/5");
  });

  it("is not the challenger's of an A/B test", () => {
    const records = [answerOf(0, "5"), answerOf(1, "6", "champion"), answerOf(2, "7", "challenger")];
    expect(nameServing(records)).toBe("eye-disease-model/6");
  });

  it("is the challenger's where nothing else was chosen", () => {
    expect(nameServing([answerOf(0, "7", "challenger")])).toBe("eye-disease-model/7");
  });
});

it("is not the challenger's because that alone answered in the newest hour", () => {
  const window = createSummaryWindow({}, 70);
  window.add(summariseRecords([answerOf(0, "6", "champion"), answerOf(1, "7", "challenger")]));
  window.add(summariseRecords([answerOf(2, "7", "challenger")]));
  expect(window.finish()?.servingVersion).toBe("eye-disease-model/6");
});

it("is that of the newest prediction in summaries from before they knew of challengers", () => {
  const { groups } = summariseRecords([answerOf(0, "6", "champion"), answerOf(1, "7", "challenger")]);
  const window = createSummaryWindow({}, 70);
  window.add({ format: 1, groups: groups.map(({ served_until_ms: _, ...group }) => group) });
  expect(window.finish()?.servingVersion).toBe("eye-disease-model/7");
});
