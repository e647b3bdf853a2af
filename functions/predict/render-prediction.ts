import { decide } from "../../shared/input-checks/decide.ts";
import { computeCertainty, selectTrueClasses } from "../../shared/schemas/class-verdicts.ts";
import { encodeFeatureProjection } from "../../shared/schemas/feature-projection.ts";
import type { ImageMeasures } from "../../shared/schemas/image-measures.ts";
import type { ModelContract } from "../../shared/schemas/model.ts";
import type { Arm, Prediction } from "../../shared/schemas/prediction.ts";
import type { PredictionEvent } from "../../shared/tracking/session.ts";
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

/** What is known of an answer when its record is written. */
export interface AnsweredPhotograph {
  requestId: string;
  inference: Inference & { measures: ImageMeasures };
  prediction: Prediction;
  metadata: PredictionEvent["image"];
  /** The A/B test that the answer is a part of. */
  experiment: PredictionEvent["experiment"];
}

/** Renders what the record of an answer says. */
export function renderEvent(answered: AnsweredPhotograph): PredictionEvent {
  const { requestId, inference, prediction, metadata, experiment } = answered;
  return {
    request_id: requestId,
    prediction_id: prediction.prediction_id,
    model: inference.model,
    ...renderClasses(prediction, inference),
    probabilities: inference.probabilities,
    inference_time_ms: inference.inferenceTimeMs,
    image: metadata,
    image_measures: inference.measures,
    decision: prediction.decision,
    warnings: prediction.warnings.map(({ code }) => code),
    ...(inference.featureProjection && {
      feature_projection: encodeFeatureProjection(inference.featureProjection),
    }),
    ...(experiment && { experiment }),
  };
}

const roundTo2 = (value: number): number => Math.round(value * 100) / 100;
