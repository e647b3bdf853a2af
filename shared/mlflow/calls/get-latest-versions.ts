import type { MlflowClient } from "../client.ts";
import type { ModelVersion } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/**
 * For each of the given stages (by default all) the version in it with the highest number.
 *
 * @throws MlflowError RESOURCE_DOES_NOT_EXIST when no registered model has that name.
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
