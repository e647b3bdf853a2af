import { describe, expect, it } from "vitest";
import { inferenceLogRecordSchema } from "../../../shared/schemas/inference-record.ts";
import { sessionStartMs } from "../../../shared/tracking/session.ts";
import { createTestSession, testStartMs } from "../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../support/tracking-events.ts";

describe("session", () => {
  it("is named by the second it began", () => {
    const session = createTestSession(testStartMs + 999);
    const record = session.recordError(createErrorEvent());

    expect(session.name).toBe(`api_session_${testStartMs / 1000}`);
    expect(sessionStartMs(record)).toBe(testStartMs);
  });

  it("numbers the records of each kind by themselves", () => {
    const session = createTestSession();
    const records = [
      session.recordModelLoad(createModelLoadEvent()),
      session.recordPrediction(createPredictionEvent()),
      session.recordError(createErrorEvent()),
      session.recordPrediction(createPredictionEvent()),
      session.recordHealthCheck(createHealthEvent()),
    ];

    expect(records.map(({ kind, step }) => [kind, step])).toEqual([
      ["model_load", 1],
      ["prediction", 1],
      ["error", 1],
      ["prediction", 2],
      ["health_check", 1],
    ]);
    for (const record of records) expect(inferenceLogRecordSchema.parse(record)).toEqual(record);
  });

  it("keeps its totals in each record as they were then", () => {
    const session = createTestSession();
    const first = session.recordPrediction(createPredictionEvent({ confidence: 60, inference_time_ms: 5 }));
    session.recordHealthCheck(createHealthEvent({ healthy: false }));
    session.recordError(createErrorEvent());
    const second = session.recordPrediction(
      createPredictionEvent({ confidence: 80, inference_time_ms: 7, predicted_class: "glaucoma" }),
    );

    expect(first.session_totals).toMatchObject({ predictions: 1, errors: 0, class_counts: { normal: 1 } });
    expect(second.session_totals).toEqual({
      predictions: 2,
      errors: 1,
      health_checks: 1,
      health_check_errors: 1,
      inference_time_ms: 12,
      confidence: 140,
      class_counts: { normal: 1, glaucoma: 1 },
      decision_counts: {},
    });
  });

  it("counts every class that was true of a photograph, where several can be", () => {
    const session = createTestSession();
    session.recordPrediction(createPredictionEvent({ predicted_classes: ["glaucoma", "cataract"] }));
    const last = session.recordPrediction(createPredictionEvent({ predicted_classes: [] }));
    expect(last.session_totals).toMatchObject({
      predictions: 2,
      class_counts: { glaucoma: 1, cataract: 1 },
    });
    expect(last.session_totals.class_counts).not.toHaveProperty("normal");
  });

  it("counts what was decided, where an answer says it", () => {
    const session = createTestSession();
    for (const decision of ["ungradable", "confident", undefined, "ungradable"] as const) {
      session.recordPrediction(createPredictionEvent({ ...(decision && { decision }) }));
    }
    const { session_totals: totals } = session.recordError(createErrorEvent());
    expect(totals.decision_counts).toEqual({ ungradable: 2, confident: 1 });
  });

  it("calls only the first model that was loaded its first", () => {
    const session = createTestSession();
    const loads = [false, true, true].map((success) =>
      session.recordModelLoad(createModelLoadEvent({ success })),
    );

    expect(loads.map((load) => load.first)).toEqual([false, true, false]);
  });
});
