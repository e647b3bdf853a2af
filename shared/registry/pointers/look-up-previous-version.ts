import type { MlflowClient } from "../../mlflow/client.ts";
import { readPointerRecords } from "./pointer-records.ts";
import { findPreviousVersion } from "./previous-version.ts";

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
  const records = await readPointerRecords(mlflow, name, experimentName);
  return findPreviousVersion({ pointer, current, ...records });
}
