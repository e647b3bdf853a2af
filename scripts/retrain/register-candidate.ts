import { ofModel, searchModelVersions } from "../../shared/mlflow/calls/search-model-versions.ts";
import { registerModel } from "../../shared/serving/register-model.ts";
import type { RetrainingOptions } from "./retraining-options.ts";

/** Tag of a version by which the training that made it finds it again. */
const attemptTag = "retraining.attempt";

export interface Trained {
  /** Weights file; its contract lies beside it. */
  file: string;
  /** Labelled photographs of the service that it was trained with. */
  photographs: number;
  reason: string;
}

/**
 * Registers what a training makes, unless it was registered before: MLflow creates a version with its tags in one call, after
 * its files, so that an interrupted registration leaves none.
 *
 * @returns the version's number
 */
export async function registerCandidate(
  attempt: string,
  { connection, name, say }: Pick<RetrainingOptions, "connection" | "name" | "say">,
  train: () => Promise<Trained>,
): Promise<string> {
  const { mlflow, store, model, service } = connection;
  for await (const { version, tags = [] } of searchModelVersions(mlflow, ofModel(name))) {
    if (tags.some(({ key, value }) => key === attemptTag && value === attempt)) return version ?? "";
  }
  const trained = await train();
  const registered = await registerModel(trained.file, {
    ...{ mlflow, store, name, engine: model.engine, experimentName: service.experimentName },
    tags: {
      [attemptTag]: attempt,
      "retraining.reason": trained.reason,
      "retraining.photographs": String(trained.photographs),
    },
    ...(say && { onProgress: say }),
  });
  return registered.version;
}
