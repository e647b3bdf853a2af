import type {
  EngineName,
  ModelAnswer,
  ModelIdentity,
  PixelTensor,
  Predictor,
} from "../../shared/schemas/model.ts";

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

export async function runModel(predictor: Predictor, pixels: PixelTensor): Promise<Inference> {
  const startedMs = performance.now();
  const { probabilities, ...taps } = await predictor.predict(pixels);
  const inferenceTimeMs = performance.now() - startedMs;
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
