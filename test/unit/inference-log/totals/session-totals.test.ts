import { expect, it } from "vitest";
import { newestTotals } from "../../../../shared/inference-log/totals/session-totals.ts";
import { createTestSession } from "../../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createPredictionEvent,
} from "../../../support/tracking-events.ts";

it("gives each session's totals as its newest record has them, in whatever order the records come", () => {
  const [first, second] = [createTestSession(), createTestSession()];
  const records = [
    first.recordPrediction(createPredictionEvent()),
    first.recordError(createErrorEvent()),
    first.recordError(createErrorEvent()),
    second.recordHealthCheck(createHealthEvent()),
    second.recordPrediction(createPredictionEvent()),
  ];
  const expected = new Map([
    [first.id, { predictions: 1, errors: 2, health_checks: 0, at_ms: records[2]?.timestamp_ms }],
    [second.id, { predictions: 1, errors: 0, health_checks: 1, at_ms: records[4]?.timestamp_ms }],
  ]);
  expect(newestTotals(records)).toEqual(expected);
  expect(newestTotals(records.toReversed())).toEqual(expected);
});
