import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import { createModelService, type ModelServiceOptions } from "../../../shared/serving/model-service.ts";
import type { ModelService } from "../../../shared/serving/model-service-types.ts";
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
    loadPredictor,
    log: createRecordedLog(),
    ...others,
  });
}
