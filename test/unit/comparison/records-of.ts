import type { PredictionRecord, ShadowRecord } from "../../../shared/schemas/inference-record.ts";
import { createTestSession } from "../../support/test-session.ts";
import { predictionOf } from "../labels/prediction-of.ts";

export const modelOf = (version: string) =>
  ({ name: "eyes", version, source: "mlflow_registry", engine: "onnx" }) as const;

/** What a version answered at a time. */
export const answerOf = (
  timeMs: number,
  version: string,
  predictedClass: string,
  parts: Partial<PredictionRecord> = {},
): PredictionRecord =>
  predictionOf(timeMs, {
    model: modelOf(version),
    predicted_class: predictedClass,
    decision: "confident",
    ...parts,
  });

/** What a challenger said of it. */
export function shadowOf(
  { prediction_id, model, predicted_class }: PredictionRecord,
  version: string,
  predictedClass: string | null,
): ShadowRecord {
  return createTestSession().recordShadow({
    request_id: "request",
    prediction_id,
    model: modelOf(version),
    champion: { version: model.version, predicted_class },
    answer:
      predictedClass === null
        ? null
        : {
            predicted_class: predictedClass,
            confidence: 80,
            probabilities: { normal: 0.2, glaucoma: 0.8 },
            decision: "confident",
            inference_time_ms: 12,
          },
    problem: predictedClass === null ? "not finite" : "",
  });
}

/** Requests of an A/B test, half of them the challenger's, in the order in which they came. */
export function assignedAnswers(
  count: number,
  answer: (index: number, isChallenger: boolean) => Partial<PredictionRecord>,
): PredictionRecord[] {
  return Array.from({ length: count }, (_, index) => {
    // Four in a row for each arm, as chance would have it.
    const isChallenger = Math.floor(index / 4) % 2 === 1;
    return answerOf(index * 1_000, isChallenger ? "7" : "6", "normal", {
      experiment: {
        challenger_version: "7",
        arm: isChallenger ? "challenger" : "champion",
        share: 0.5,
        unit: `unit-${index}`,
      },
      inference_time_ms: 10,
      ...answer(index, isChallenger),
    });
  });
}
