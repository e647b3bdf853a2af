import type { MlflowClient } from "../client.ts";
import type { ModelVersion } from "../types.ts";
import { unwrap } from "../unwrap.ts";

export interface StageTransition {
  name: string;
  version: string;
  stage: "None" | "Staging" | "Production" | "Archived";
  /** Whether to move other versions in that stage to Archived. */
  archiveExistingVersions: boolean;
}

/** Moves a version to a stage. */
export async function transitionStage(
  client: MlflowClient,
  transition: StageTransition,
): Promise<ModelVersion> {
  const { archiveExistingVersions, ...rest } = transition;
  const body = { ...rest, archive_existing_versions: archiveExistingVersions };
  const answer = await unwrap(client.POST("/api/2.0/mlflow/model-versions/transition-stage", { body }));
  return answer.model_version;
}
