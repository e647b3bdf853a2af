import type { ModelContract } from "../../shared/contracts/model.ts";
import type { Arm, Prediction } from "../../shared/contracts/prediction.ts";
import { decide } from "../../shared/input-checks/decide.ts";
import type { Inference } from "./run-model.ts";

/** The answer of `POST /predict`: percent and milliseconds with two decimals. */
export function renderPrediction(
  predictionId: string,
  inference: Inference & Pick<Prediction, "warnings"> & Pick<ModelContract, "trust">,
  arm?: Arm,
): Prediction {
  const { model, probabilities, inferenceTimeMs, warnings, trust } = inference;
  const { decision, predictionSet } = decide(probabilities, {
    isGradable: warnings.length === 0,
    confidentFrom: trust?.confident_from,
    setThreshold: trust?.set_threshold,
  });
  const classes = Object.entries(probabilities);
  const [predictedClass, highest] = classes.reduce((best, next) => (next[1] > best[1] ? next : best));
  return {
    prediction_id: predictionId,
    predicted_class: predictedClass,
    confidence: roundTo2(highest * 100),
    all_predictions: Object.fromEntries(classes.map(([name, value]) => [name, roundTo2(value * 100)])),
    decision,
    warnings,
    ...(predictionSet && { prediction_set: predictionSet }),
    model,
    ...(arm && { arm }),
    inference_time_ms: roundTo2(inferenceTimeMs),
  };
}

const roundTo2 = (value: number): number => Math.round(value * 100) / 100;
