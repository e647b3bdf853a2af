import { ModelError } from "../../errors/model-error.ts";
import type { EngineName, ModelAnswer, ModelIdentity, PixelTensor, Predictor } from "../../schemas/model.ts";
import type { EngineSession } from "../engines/inference-engine.ts";
import { nameVersion } from "../name-version.ts";
import type { CompletedContract } from "./complete-contract.ts";
import type { FeatureSpace } from "./feature-space.ts";
import { arrangePixels, type ImageInput, shapeOfInput } from "./image-input.ts";
import { type AnswerForm, toProbabilities } from "./to-probabilities.ts";

export interface PredictorParts extends CompletedContract {
  identity: ModelIdentity;
  engine: EngineName;
  session: EngineSession;
  input: ImageInput;
  form: AnswerForm;
  featureSpace: FeatureSpace | undefined;
  loadTimeSeconds: number;
}

export function createPredictor(parts: PredictorParts): Predictor {
  const { session, input, contract, form, featureSpace } = parts;

  const run = async (pixels: PixelTensor): Promise<ModelAnswer> => {
    const { output, ...taps } = await session.run(arrangePixels(pixels, input), shapeOfInput(input));
    const probabilities = toProbabilities(output, form);
    return {
      probabilities: form.isMultiLabel
        ? probabilities
        : applyTemperature(probabilities, contract.temperature),
      featureProjection: taps.features && featureSpace?.project(taps.features),
      featureDistance: taps.features && featureSpace?.measureDistance(taps.features),
      ...taps,
    };
  };

  return {
    identity: parts.identity,
    contract,
    contractBy: parts.contractBy,
    engine: parts.engine,
    loadTimeSeconds: parts.loadTimeSeconds,
    hasClassMap: session.hasClassMap,
    predict: (pixels) => run(pixels).catch((error) => throwNamed(error, parts.identity)),
    dispose: () => session.dispose(),
  };
}

/** What an engine throws is the model's fault: what is wrong with a request was found before. */
function throwNamed(error: unknown, identity: ModelIdentity): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new ModelError(`${nameVersion(identity)} failed to answer: ${reason}`, { cause: error });
}

/**
 * Probabilities at a softmax temperature: p^(1/T), normalised, which equals softmax(logits / T)
 * (Guo et al. 2017, section 4.2). T = 1 only normalises.
 */
export function applyTemperature(probabilities: Float32Array, temperature: number): Float32Array {
  const powers = Array.from(probabilities, (probability) => probability ** (1 / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}
