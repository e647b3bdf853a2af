import { computeCertainty, decide, selectTrueClasses } from "../../shared/input-checks/decide.ts";
import type { ModelContract } from "../../shared/schemas/model.ts";
import type { Arm, Prediction } from "../../shared/schemas/prediction.ts";
import type { Inference } from "./run-model.ts";

/** Renders the answer of `POST /predict`: percentages and milliseconds with two decimals. */
export function renderPrediction(
  predictionId: string,
  inference: Inference & Pick<Prediction, "warnings"> & Pick<ModelContract, "trust">,
  arm?: Arm,
): Prediction {
  const { model, probabilities, isMultiLabel = false, inferenceTimeMs, warnings, trust } = inference;
  const { decision, predictionSet } = decide(probabilities, {
    isGradable: warnings.length === 0,
    isMultiLabel,
    confidentFrom: trust?.confident_from,
    setThreshold: trust?.set_threshold,
  });
  const classes = Object.entries(probabilities);
  const [predictedClass, highest] = classes.reduce((best, next) => (next[1] > best[1] ? next : best));
  return {
    prediction_id: predictionId,
    predicted_class: predictedClass,
    ...(isMultiLabel && { predicted_classes: selectTrueClasses(probabilities) }),
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

/**
 * Renders what a record says about an answer's classes. Its confidence is how certain the answer is: where each class has a
 * probability of its own, low ones for all classes are not doubt but a certain "none of them".
 */
export function renderClasses(prediction: Prediction, { probabilities, isMultiLabel = false }: Inference) {
  const { predicted_class, predicted_classes } = prediction;
  return {
    predicted_class,
    ...(predicted_classes && { predicted_classes }),
    confidence: roundTo2(computeCertainty(probabilities, isMultiLabel) * 100),
  };
}

const roundTo2 = (value: number): number => Math.round(value * 100) / 100;
