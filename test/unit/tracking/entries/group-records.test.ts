import { describe, expect, it } from "vitest";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import { groupRecords, isCrowded } from "../../../../shared/tracking/entries/group-records.ts";
import { createTestSession, testStartMs } from "../../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createPredictionEvent,
} from "../../../support/tracking-events.ts";

/** Predictions of one session, so many milliseconds apart; the first comes as long after the session's start. */
function createPredictions(count: number, apartMs = 1): InferenceLogRecord[] {
  const session = createTestSession();
  return Array.from({ length: count }, (_, index) => ({
    ...session.recordPrediction(createPredictionEvent()),
    timestamp_ms: testStartMs + (index + 1) * apartMs,
  }));
}

describe("isCrowded", () => {
  const limit = { aggregateAbovePerMinute: 60, sinceMs: testStartMs };

  it.each([
    ["as many as allowed, over a minute", createPredictions(60, 1_000), limit, false],
    [
      "as many, over a little less",
      createPredictions(60, 1_000),
      { ...limit, sinceMs: testStartMs + 1 },
      true,
    ],
    ["as many as allowed in ten seconds, all in one moment", createPredictions(10), limit, false],
    ["one more in one moment", createPredictions(11), limit, true],
    ["none", [], limit, false],
    [
      "any number without a limit",
      createPredictions(1_000),
      { ...limit, aggregateAbovePerMinute: Infinity },
      false,
    ],
  ])("%s", (_name, records, options, expected) => {
    expect(isCrowded(records, options)).toBe(expected);
  });

  it("counts neither errors nor loads of models", () => {
    const session = createTestSession();
    const errors = Array.from({ length: 100 }, () => session.recordError(createErrorEvent()));
    expect(isCrowded([...createPredictions(10), ...errors], limit)).toBe(false);
  });
});

it("makes a window of crowded health checks, which anybody may cause", () => {
  const session = createTestSession();
  const checks = Array.from({ length: 11 }, () => session.recordHealthCheck(createHealthEvent()));

  expect(groupRecords(checks.slice(0, 10), 10)).toHaveLength(10);
  expect(groupRecords(checks, 10)).toEqual([checks]);
  expect(groupRecords(checks.toSpliced(5, 1), 1)).toHaveLength(2);
});

describe("groupRecords", () => {
  const group = (records: readonly InferenceLogRecord[]) => groupRecords(records, 1);
  const stepsOf = (groups: readonly (readonly InferenceLogRecord[])[]) =>
    groups.map((records) => records.map(({ kind, step }) => `${kind} ${step}`));

  it("lets every other record stand alone beside a window of predictions", () => {
    const session = createTestSession();
    const records = [
      session.recordPrediction(createPredictionEvent()),
      session.recordError(createErrorEvent()),
      session.recordPrediction(createPredictionEvent()),
      session.recordError(createErrorEvent()),
    ];
    expect(stepsOf(group(records))).toEqual([["prediction 1", "prediction 2"], ["error 1"], ["error 2"]]);
  });

  it.each([
    ["version", { version: "4" }],
    ["name", { name: "other-model" }],
  ])("begins another window when a model of another %s answers", (_name, difference) => {
    const session = createTestSession();
    const event = createPredictionEvent();
    const other = createPredictionEvent({ model: { ...event.model, ...difference } });
    const records = [event, event, other, other, event].map((one) => session.recordPrediction(one));

    expect(stepsOf(group(records))).toEqual([
      ["prediction 1", "prediction 2"],
      ["prediction 3", "prediction 4"],
      ["prediction 5"],
    ]);
  });

  it("makes a window of each minute that is crowded, whatever comes with it", () => {
    const records = createPredictions(240, 500);
    const [first, second, last] = [records.slice(0, 119), records.slice(119, 239), records.slice(239)];

    expect(groupRecords(records, 60)).toEqual([first, second, last]);
    expect(groupRecords(second, 60)).toEqual([second]);
    expect(groupRecords(records, 120)).toHaveLength(240);
  });

  it("begins another window after a prediction that is missing: MLflow would count it as sent", () => {
    const records = createPredictions(5).filter(({ step }) => step !== 3);
    expect(stepsOf(group(records))).toEqual([
      ["prediction 1", "prediction 2"],
      ["prediction 4", "prediction 5"],
    ]);
  });
});
