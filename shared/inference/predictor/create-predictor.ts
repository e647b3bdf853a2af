import type { EngineName, ModelIdentity, PixelTensor, Predictor } from "../../contracts/model.ts";
import type { EngineSession } from "../engines/inference-engine.ts";
import { applyTemperature } from "./apply-temperature.ts";
import type { CompletedContract } from "./complete-contract.ts";
import { arrangePixels, type ImageInput, shapeOfInput } from "./image-input.ts";
import { toProbabilities } from "./to-probabilities.ts";

export interface PredictorParts extends CompletedContract {
  identity: ModelIdentity;
  engine: EngineName;
  session: EngineSession;
  input: ImageInput;
  loadTimeSeconds: number;
}

export function createPredictor(parts: PredictorParts): Predictor {
  const { session, input, contract } = parts;
  return {
    identity: parts.identity,
    contract,
    contractBy: parts.contractBy,
    engine: parts.engine,
    loadTimeSeconds: parts.loadTimeSeconds,
    async predict(pixels: PixelTensor) {
      const output = await session.run(arrangePixels(pixels, input), shapeOfInput(input));
      return applyTemperature(toProbabilities(output), contract.temperature);
    },
    dispose: () => session.dispose(),
  };
}
