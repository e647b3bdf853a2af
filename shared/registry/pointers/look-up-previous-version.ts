import { ModelError } from "../../errors/model-error.ts";
import { getRegisteredModel } from "../../mlflow/calls/get-registered-model.ts";
import { ofModel, searchModelVersions } from "../../mlflow/calls/search-model-versions.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { ModelVersion } from "../../mlflow/types.ts";
import { readAuditEntries } from "./audit.ts";
import { findPreviousVersion } from "./previous-version.ts";
import { readServedVersions } from "./read-served-versions.ts";

export interface PreviousVersionQuery {
  /** Registered model. */
  name: string;
  /** `Production`, or `@champion` for an alias. */
  pointer: string;
  /** Number of the version that has it now; undefined when none has. */
  current: string | undefined;
  /** Where the service's sessions have their runs. */
  experimentName: string;
}

/**
 * Finds out, from the registry and the sessions' runs, which version had a stage or an alias before the current one.
 *
 * @returns its number; undefined when nothing tells
 * @throws ModelError when there is no such registered model; MlflowError when MLflow cannot be reached
 */
export async function lookUpPreviousVersion(
  mlflow: MlflowClient,
  { name, pointer, current, experimentName }: PreviousVersionQuery,
): Promise<string | undefined> {
  const model = await getRegisteredModel(mlflow, name);
  if (model === undefined) {
    throw new ModelError(
      `The registry has no model ${name}: register one with npm run register, or name another with --name`,
    );
  }
  const versions: ModelVersion[] = [];
  for await (const version of searchModelVersions(mlflow, ofModel(name))) versions.push(version);
  const served = await readServedVersions(mlflow, experimentName, name);
  return findPreviousVersion({ pointer, current, entries: readAuditEntries(model), versions, served });
}
