import { defaultLabels } from "../../shared/schemas/model.ts";
import { imageMetadataSchema } from "../../shared/schemas/prediction.ts";
import type { ServiceDescription } from "../../shared/schemas/service-description.ts";

export const serviceName = "Eye Disease Classifier API";

export const serviceSummary =
  "Classifies fundus photographs with the Production version of a model in an MLflow registry, and keeps a record of every prediction.";

/** @param version of this service */
export function describeService(version: string): ServiceDescription {
  return {
    name: serviceName,
    description: serviceSummary,
    version,
    supported_formats: imageMetadataSchema.shape.image_format.options.map((format) => format.toUpperCase()),
    diseases: defaultLabels,
  };
}
