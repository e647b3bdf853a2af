import type { MlflowClient } from "../client.ts";
import type { ModelVersion } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/**
 * The newest version in each of the stages named (all stages when none is): with two in a stage, the higher number.
 *
 * @throws MlflowError RESOURCE_DOES_NOT_EXIST when no model has that name.
 */
export async function getLatestVersions(
  client: MlflowClient,
  name: string,
  stages: string[] = [],
): Promise<ModelVersion[]> {
  const body = { name, stages };
  const answer = await unwrap(client.POST("/api/2.0/mlflow/registered-models/get-latest-versions", { body }));
  return answer.model_versions ?? [];
}
