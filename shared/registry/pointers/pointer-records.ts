import { ModelError } from "../../errors/model-error.ts";
import { getRegisteredModel } from "../../mlflow/calls/get-registered-model.ts";
import { ofModel, searchModelVersions } from "../../mlflow/calls/search-model-versions.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { ModelVersion, RegisteredModel } from "../../mlflow/types.ts";
import type { ServedVersion } from "../../schemas/served-version.ts";
import { type AuditEntry, readAuditEntries } from "./audit.ts";
import { readServedVersions } from "./read-served-versions.ts";

/** All that tells which version of a registered model had a stage or an alias, and when. */
export interface PointerRecords {
  /** Oldest first. */
  entries: AuditEntry[];
  /** Every version of the model, as the registry has it. */
  versions: ModelVersion[];
  /** What sessions of the service answered with, in no particular order. */
  served: ServedVersion[];
}

/**
 * Reads the audit entries and versions of a registered model, and what the service's sessions answered with.
 *
 * @param experimentName where the sessions have their runs
 * @throws ModelError when there is no such registered model; MlflowError when MLflow cannot be reached
 */
export async function readPointerRecords(
  mlflow: MlflowClient,
  name: string,
  experimentName: string,
): Promise<PointerRecords> {
  const model = await getRegisteredModel(mlflow, name);
  if (model === undefined) {
    throw new ModelError(
      `The registry has no model ${name}: register one with npm run register, or name another with --name`,
    );
  }
  const versions: ModelVersion[] = [];
  for await (const version of searchModelVersions(mlflow, ofModel(name))) versions.push(version);
  const served = await readServedVersions(mlflow, experimentName, name);
  return {
    entries: readAuditEntries(model),
    versions,
    served: leaveOutEarlierModel(served, model, versions),
  };
}

/**
 * Observations of this registered model alone: one of the same name that was deleted left its own in the sessions' runs,
 * with the same numbers of versions.
 */
export function leaveOutEarlierModel(
  served: readonly ServedVersion[],
  model: Pick<RegisteredModel, "creation_timestamp">,
  versions: readonly Pick<ModelVersion, "version" | "creation_timestamp">[],
): ServedVersion[] {
  const createdMs = new Map(versions.map(({ version, creation_timestamp }) => [version, creation_timestamp]));
  // A version that was deleted since cannot be older than its model.
  return served.filter(
    ({ version, sinceMs }) => sinceMs >= (createdMs.get(version) ?? model.creation_timestamp),
  );
}
