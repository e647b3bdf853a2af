import { defaultLabels, defaultModelName } from "../../shared/schemas/model.ts";
import { imageMetadataSchema } from "../../shared/schemas/prediction.ts";
import type { ServiceDescription } from "../../shared/schemas/service-description.ts";

export const serviceName = "Eye Disease Classifier API";

export const serviceSummary =
  "Classifies fundus photographs with the Production version of a model in an MLflow registry, and keeps a record of every prediction.";

/**
 * @param version of this service
 * @param modelName of the model that serves: of one with a name of its own the classes are not known here
 */
export function describeService(version: string, modelName = defaultModelName): ServiceDescription {
  return {
    name: serviceName,
    description: serviceSummary,
    version,
    supported_formats: imageMetadataSchema.shape.image_format.options.map((format) => format.toUpperCase()),
    ...(modelName === defaultModelName && { diseases: defaultLabels }),
  };
}
