import { getModelVersion } from "../../mlflow/calls/get-model-version.ts";
import { ofModel, searchModelVersions } from "../../mlflow/calls/search-model-versions.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import { MlflowError } from "../../mlflow/error.ts";
import { weightsHashTag } from "./weights-hash.ts";

/**
 * Other versions of a model with the same weights, by their hash, oldest first: somebody may have registered a file twice.
 * None where MLflow cannot say.
 */
export async function findSameWeights(
  mlflow: MlflowClient,
  name: string,
  version: string,
): Promise<string[]> {
  try {
    const tags = (await getModelVersion(mlflow, name, version))?.tags ?? [];
    const hash = tags.find(({ key }) => key === weightsHashTag)?.value;
    if (hash === undefined) return [];
    const found: string[] = [];
    const filter = `${ofModel(name)} AND tags.${weightsHashTag} = '${hash}'`;
    for await (const other of searchModelVersions(mlflow, filter))
      if (other.version !== undefined && other.version !== version) found.push(other.version);
    return found.sort((a, b) => Number(a) - Number(b));
  } catch (error) {
    if (error instanceof MlflowError) return [];
    throw error;
  }
}
