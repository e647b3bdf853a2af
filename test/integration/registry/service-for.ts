import { expect } from "vitest";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import type { ModelIdentity } from "../../../shared/schemas/model.ts";
import {
  createModelService,
  type ModelServiceOptions,
} from "../../../shared/serving/model-service/model-service.ts";
import type { ModelService } from "../../../shared/serving/model-service/model-service-types.ts";
import { modelSettings } from "../../../shared/settings/model.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import type { RegistryClients } from "./registry-clients.ts";

/** The model service as the predict function composes it, with these settings. */
export function createServiceFor(
  clients: RegistryClients,
  environment: Record<string, string>,
  others: Partial<ModelServiceOptions> = {},
): ModelService {
  return createModelService({
    ...clients,
    settings: modelSettings.parse(environment),
    experimentName: "eye-disease-classifier",
    loadPredictor,
    log: createRecordedLog(),
    ...others,
  });
}

/** What the service answers to the picture whose value i is (37 i) mod 256, as the Python scripts here ask it too. */
export function answerTestPicture(
  service: ModelService,
): Promise<{ identity: ModelIdentity; probabilities: number[] }> {
  return service.use(async (predictor) => {
    const { height, width } = predictor.contract.input;
    const data = Float32Array.from({ length: height * width * 3 }, (_, index) => (index * 37) % 256);
    const { probabilities } = await predictor.predict({ data, height, width });
    return { identity: predictor.identity, probabilities: [...probabilities] };
  });
}

/** Equal to 1e-4 in every probability. */
export function expectSameAnswer(received: readonly number[], expected: readonly number[]): void {
  expect(received).toHaveLength(expected.length);
  for (const [index, probability] of expected.entries()) {
    expect(Math.abs((received[index] ?? Number.NaN) - probability)).toBeLessThan(1e-4);
  }
}
