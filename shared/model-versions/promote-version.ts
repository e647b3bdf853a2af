import type { ObjectStore } from "../aws/object-store.ts";
import { ModelError } from "../errors/model-error.ts";
import { ServiceError } from "../errors/service-error.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import { MlflowError } from "../mlflow/error.ts";
import type { AuditEntry } from "../registry/pointers/audit.ts";
import { lookUpPreviousVersion } from "../registry/pointers/look-up-previous-version.ts";
import {
  describePointer,
  findPointedVersion,
  movePointer,
  type Pointer,
} from "../registry/pointers/pointer.ts";
import { resolveVersion } from "../registry/resolve-version.ts";
import type { ModelSettings } from "../settings/model.ts";
import { compareModels, type ModelDifference } from "./compare-models.ts";
import { type TriedModel, tryVersion } from "./try-model.ts";

export interface PromoteOptions {
  mlflow: MlflowClient;
  store: ObjectStore;
  /** Registered model. */
  name: string;
  engine: ModelSettings["engine"];
  pointer: Pointer;
  /** Where the service's sessions have their runs. */
  experimentName: string;
  /** Result of a trial a moment ago; without it the version is tried first. */
  tried?: TriedModel | undefined;
  /** Why the pointer is moved although the gate refused the version. */
  forced?: string | undefined;
  /** Told what is being done, one line each. */
  onProgress?: (message: string) => void;
}

/** A move of a stage or an alias, and what it changes. */
export interface MovedPointer {
  entry: AuditEntry;
  model: TriedModel;
  /** From the version that had the pointer before; undefined when there was none, or it cannot be loaded. */
  differences: ModelDifference[] | undefined;
}

/**
 * Tries a version, moves a stage or an alias to it, and writes an audit entry. A version that was in the stage is
 * archived.
 *
 * @throws ModelError when there is no such version, it already has the pointer, or it cannot be served
 */
export async function promoteVersion(version: string, options: PromoteOptions): Promise<MovedPointer> {
  const { mlflow, name, pointer } = options;
  const current = await findPointedVersion(mlflow, name, pointer);
  if (current === version)
    throw new ModelError(`${name} version ${version} is ${describePointer(pointer)} already`);
  return moveTried(version, current, "promote", options);
}

/**
 * Moves a stage or an alias back to the version that had it before, whoever moved it since.
 *
 * @throws ModelError when nothing tells which version that was, or it cannot be served
 */
export async function rollBack(options: PromoteOptions): Promise<MovedPointer> {
  const { mlflow, name, pointer, experimentName } = options;
  const pointed = describePointer(pointer);
  const current = await findPointedVersion(mlflow, name, pointer);
  const previous = await lookUpPreviousVersion(mlflow, { name, pointer: pointed, current, experimentName });
  if (previous === undefined) {
    throw new ModelError(
      `The registry has no record of which version was ${pointed} before ${current ?? "now"}, or the version was deleted. Choose one with: npm run models, then: npm run promote -- VERSION`,
    );
  }
  return moveTried(previous, current, "rollback", options).catch((error: unknown) => {
    if (!(error instanceof ModelError)) throw error;
    throw new ModelError(
      `Version ${previous} was ${pointed} before. ${error.message}. Promote another with: npm run promote -- VERSION`,
      { cause: error },
    );
  });
}

/** @throws ModelError when there is no such version, or it cannot be served */
async function moveTried(
  to: string,
  from: string | undefined,
  action: AuditEntry["action"],
  options: PromoteOptions,
): Promise<MovedPointer> {
  const { mlflow, name, pointer, forced, onProgress = () => {} } = options;
  const model = options.tried ?? (await tryAnew(to, options));
  onProgress(`It answers on ${model.engine}: ${model.contract.labels.join(", ")}`);
  const differences = from === undefined ? undefined : await compareWith(from, model, options);
  const entry = await movePointer(mlflow, { name, pointer, to, action, forced });
  return { entry, model, differences };
}

async function tryAnew(version: string, options: PromoteOptions): Promise<TriedModel> {
  const { mlflow, name, onProgress = () => {} } = options;
  onProgress(`Trying version ${version}`);
  return tryVersion(await resolveVersion(mlflow, name, { version }), options);
}

/** Undefined for a version that cannot be loaded: that may be why it is replaced. */
async function compareWith(
  version: string,
  model: TriedModel,
  options: PromoteOptions,
): Promise<ModelDifference[] | undefined> {
  const { mlflow, name, onProgress = () => {} } = options;
  onProgress(`Comparing it with version ${version}`);
  try {
    const before = await tryVersion(await resolveVersion(mlflow, name, { version }), options);
    return compareModels(before, model);
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof MlflowError)) throw error;
    onProgress(`Version ${version} cannot be compared: ${error.message}`);
    return undefined;
  }
}
