import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { createPredictionId } from "../../../shared/schemas/prediction-id.ts";
import { createTestSession } from "../../support/test-session.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";

/** A record of a prediction that was made at a time; its id says so. */
export function predictionOf(timeMs: number, parts: Partial<PredictionRecord> = {}): PredictionRecord {
  const event = createPredictionEvent({ prediction_id: createPredictionId(timeMs) });
  return { ...createTestSession().recordPrediction(event), timestamp_ms: timeMs, ...parts };
}
