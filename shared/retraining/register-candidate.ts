import { ofModel, searchModelVersions } from "../mlflow/calls/search-model-versions.ts";
import { registerModel } from "../model-versions/register-model.ts";
import type { RetrainingOptions } from "./retraining-options.ts";

/** Tag by which a training finds the version that it registered. */
const attemptTag = "retraining.attempt";

export interface Trained {
  /** Weights file; its contract lies beside it. */
  file: string;
  /** How many labelled photographs of the service it was trained on. */
  photographs: number;
  reason: string;
}

/**
 * Trains and registers a version, unless this attempt has registered one already. MLflow creates a version and its tags in one
 * call, after the files are stored, so an interrupted registration leaves no version.
 *
 * @returns the version's number
 */
export async function registerCandidate(
  attempt: string,
  { registry, name, say }: Pick<RetrainingOptions, "registry" | "name" | "say">,
  train: () => Promise<Trained>,
): Promise<string> {
  const { mlflow, store, model, service } = registry;
  for await (const { version, tags = [] } of searchModelVersions(mlflow, ofModel(name))) {
    if (tags.some(({ key, value }) => key === attemptTag && value === attempt)) return version ?? "";
  }
  const trained = await train();
  const registered = await registerModel(trained.file, {
    ...{ mlflow, store, name, engine: model.engine, ...service },
    tags: {
      [attemptTag]: attempt,
      "retraining.reason": trained.reason,
      "retraining.photographs": String(trained.photographs),
    },
    ...(say && { onProgress: say }),
  });
  return registered.version;
}
