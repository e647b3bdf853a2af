import { describe, expect, it } from "vitest";
import {
  computeRecentWindow,
  selectRecentPredictions,
} from "../../../../shared/drift/window/recent-window.ts";
import {
  createPredictionRecord,
  createPredictionRecords,
  windowStartMs,
} from "../../../support/prediction-records.ts";
import { createRandom, shuffle } from "../../../support/random.ts";

describe("selectRecentPredictions", () => {
  it("takes the last by time over all sessions, whatever their order in the log", () => {
    const records = createPredictionRecords(130);
    const random = createRandom(11);
    for (let round = 0; round < 20; round++) {
      expect(selectRecentPredictions(shuffle(records, random), 100)).toEqual(records.slice(30));
    }
  });

  it("takes all of a shorter log and leaves its input alone", () => {
    const records = shuffle(createPredictionRecords(7), createRandom(3));
    const before = [...records];
    expect(selectRecentPredictions(records, 100)).toHaveLength(7);
    expect(records).toEqual(before);
  });

  it("orders predictions of the same millisecond by session and step", () => {
    const sameTime = createPredictionRecords(40, () => ({ timestamp_ms: windowStartMs }));
    const selected = selectRecentPredictions(sameTime, 10);
    for (const seed of [1, 2, 3]) {
      expect(selectRecentPredictions(shuffle(sameTime, createRandom(seed)), 10)).toEqual(selected);
    }
  });
});

describe("computeRecentWindow", () => {
  it("has no figures for an empty window, and never NaN", () => {
    expect(computeRecentWindow([], 70)).toEqual({
      recent_prediction_count: 0,
      recent_avg_confidence: null,
      recent_std_confidence: null,
      recent_low_confidence_ratio: null,
      recent_avg_inference_time_ms: null,
      recent_std_inference_time_ms: null,
      recent_class_ratio: {},
    });
  });

  it("computes each figure", () => {
    const window = computeRecentWindow(
      [
        createPredictionRecord(0, { confidence: 50, inference_time_ms: 4, predicted_class: "normal" }),
        createPredictionRecord(1, { confidence: 70, inference_time_ms: 8, predicted_class: "normal" }),
        createPredictionRecord(2, { confidence: 80, inference_time_ms: 8, predicted_class: "normal" }),
        createPredictionRecord(3, { confidence: 100, inference_time_ms: 12, predicted_class: "cataract" }),
      ],
      70,
    );
    expect(window).toEqual({
      recent_prediction_count: 4,
      recent_avg_confidence: 75,
      recent_std_confidence: Math.sqrt((625 + 25 + 25 + 625) / 4),
      recent_low_confidence_ratio: 0.25,
      recent_avg_inference_time_ms: 8,
      recent_std_inference_time_ms: Math.sqrt(8),
      recent_class_ratio: { cataract: 0.25, normal: 0.75 },
    });
  });

  it("keeps class ratios that sum to 1, for any class names", () => {
    const random = createRandom(5);
    const names = ["normal", "__proto__", "constructor", "mild AMD"];
    const records = createPredictionRecords(97, () => ({
      predicted_class: names[Math.floor(random() * names.length)] as string,
    }));
    const ratios = computeRecentWindow(records, 70).recent_class_ratio;
    expect(Object.keys(ratios).sort()).toEqual([...names].sort());
    expect(Object.values(ratios).reduce((sum, ratio) => sum + ratio, 0)).toBeCloseTo(1, 12);
  });
});
