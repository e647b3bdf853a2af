import { usePixels } from "../../shared/image/preprocessing/prepare-pixels.ts";
import type { ModelPicture } from "../../shared/image/rgb-image.ts";
import type { EngineName, ModelAnswer, ModelIdentity, Predictor } from "../../shared/schemas/model.ts";

/** A model's answer to one photograph, and which model gave it. */
export interface Inference extends Omit<ModelAnswer, "probabilities"> {
  model: ModelIdentity & { engine: EngineName };
  /** Probability of each class, 0..1, in the order of the model's labels. */
  probabilities: Record<string, number>;
  /** Whether each class has a probability of its own, so that several can be true. */
  isMultiLabel?: boolean;
  /** Time spent in the model only. */
  inferenceTimeMs: number;
}

/** @param picture what `preparePicture` made for this predictor */
export async function runModel(predictor: Predictor, picture: ModelPicture): Promise<Inference> {
  const { answer, inferenceTimeMs } = await usePixels(picture, predictor.contract, async (pixels) => {
    const startedMs = performance.now();
    const answer = await predictor.predict(pixels);
    return { answer, inferenceTimeMs: performance.now() - startedMs };
  });
  const { probabilities, ...taps } = answer;
  return {
    model: { ...predictor.identity, engine: predictor.engine },
    probabilities: Object.fromEntries(
      predictor.contract.labels.map((label, index) => [label, probabilities[index] ?? 0]),
    ),
    isMultiLabel: predictor.contract.multi_label,
    inferenceTimeMs,
    ...taps,
  };
}
