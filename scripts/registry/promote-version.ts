import type { ObjectStore } from "../../shared/aws/object-store.ts";
import { ModelError } from "../../shared/errors/model-error.ts";
import { getRegisteredModel } from "../../shared/mlflow/calls/get-registered-model.ts";
import type { MlflowClient } from "../../shared/mlflow/client.ts";
import { resolveVersion } from "../../shared/registry/resolve-version.ts";
import type { ModelSettings } from "../../shared/settings/model.ts";
import { type AuditEntry, findPreviousVersion, readAuditEntries } from "./audit.ts";
import { describePointer, findPointedVersion, movePointer, type Pointer } from "./pointer.ts";
import { tryVersion } from "./try-model.ts";

export interface PromoteOptions {
  mlflow: MlflowClient;
  store: ObjectStore;
  /** Registered model. */
  name: string;
  engine: ModelSettings["engine"];
  pointer: Pointer;
  /** Told what is being done, one line each. */
  onProgress?: (message: string) => void;
}

/**
 * Moves a stage or an alias to a version, after trying it, and writes an audit entry. What was in the stage is archived.
 *
 * @throws ModelError when there is no such version, it already has the pointer, or it cannot be served
 */
export async function promoteVersion(version: string, options: PromoteOptions): Promise<AuditEntry> {
  const { mlflow, name, pointer } = options;
  const from = await findPointedVersion(mlflow, name, pointer);
  if (from === version)
    throw new ModelError(`${name} version ${version} is ${describePointer(pointer)} already`);
  return tryAndMove(version, from, "promote", options);
}

/**
 * Moves a stage or an alias back to the version that had it before, as the audit entries tell.
 *
 * @throws ModelError when the entries tell of none, or that version cannot be served
 */
export async function rollBack(options: PromoteOptions): Promise<AuditEntry> {
  const { mlflow, name, pointer } = options;
  const model = await getRegisteredModel(mlflow, name);
  if (model === undefined) throw new ModelError(`The registry has no model ${name}`);
  const current = await findPointedVersion(mlflow, name, pointer);
  const previous = findPreviousVersion(readAuditEntries(model), describePointer(pointer), current);
  if (previous === undefined) {
    throw new ModelError(
      `The registry does not tell which version was ${describePointer(pointer)} before ${current ?? "now"}. ` +
        "Choose one with: npm run models, then: npm run promote -- VERSION",
    );
  }
  return tryAndMove(previous, current, "rollback", options);
}

async function tryAndMove(
  version: string,
  from: string | undefined,
  action: AuditEntry["action"],
  options: PromoteOptions,
): Promise<AuditEntry> {
  const { mlflow, name, pointer, onProgress = () => {} } = options;
  const reference = await resolveVersion(mlflow, name, { version });
  onProgress(`Trying ${name} version ${version}`);
  const { contract, engine } = await tryVersion(reference, options);
  onProgress(`It answers on ${engine}: ${contract.labels.join(", ")}`);
  return movePointer(mlflow, { name, pointer, from, to: version, action });
}

/** `Production: version 3 (before: 2), moved by someone at 2026-11-25T10:00:00.000Z`. */
export function describeEntry({ pointer, from, to, who, at }: AuditEntry): string {
  return `${pointer}: version ${to} (before: ${from ?? "none"}), moved by ${who} at ${at}`;
}
