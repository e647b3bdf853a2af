import type { Prediction } from "../../shared/contracts/prediction.ts";
import type { Inference } from "./run-model.ts";

/** The answer of `POST /predict`: percent and milliseconds with two decimals. */
export function renderPrediction(predictionId: string, inference: Inference): Prediction {
  const { model, probabilities, inferenceTimeMs } = inference;
  const classes = Object.entries(probabilities);
  const [predictedClass, highest] = classes.reduce((best, next) => (next[1] > best[1] ? next : best));
  return {
    prediction_id: predictionId,
    predicted_class: predictedClass,
    confidence: roundTo2(highest * 100),
    all_predictions: Object.fromEntries(classes.map(([name, value]) => [name, roundTo2(value * 100)])),
    model,
    inference_time_ms: roundTo2(inferenceTimeMs),
  };
}

const roundTo2 = (value: number): number => Math.round(value * 100) / 100;
