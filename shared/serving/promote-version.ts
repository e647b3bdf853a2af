import type { ObjectStore } from "../aws/object-store.ts";
import { ModelError } from "../errors/model-error.ts";
import { getRegisteredModel } from "../mlflow/calls/get-registered-model.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import { type AuditEntry, findPreviousVersion, readAuditEntries } from "../registry/audit.ts";
import { describePointer, findPointedVersion, movePointer, type Pointer } from "../registry/pointer.ts";
import { resolveVersion } from "../registry/resolve-version.ts";
import type { ModelSettings } from "../settings/model.ts";
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
  const current = await findPointedVersion(mlflow, name, pointer);
  if (current === version)
    throw new ModelError(`${name} version ${version} is ${describePointer(pointer)} already`);
  await tryRegistered(version, options);
  return movePointer(mlflow, { name, pointer, to: version, action: "promote" });
}

/**
 * Moves a stage or an alias back to the version that had it before, as the audit entries tell.
 *
 * @throws ModelError when the entries tell of none, or that version cannot be served
 */
export async function rollBack(options: PromoteOptions): Promise<AuditEntry> {
  const { mlflow, name, pointer } = options;
  const pointed = describePointer(pointer);
  const model = await getRegisteredModel(mlflow, name);
  if (model === undefined) {
    throw new ModelError(
      `The registry has no model ${name}: register one with npm run register, or name another with --name`,
    );
  }
  const current = await findPointedVersion(mlflow, name, pointer);
  const previous = findPreviousVersion(readAuditEntries(model), pointed, current);
  if (previous === undefined) {
    throw new ModelError(
      `The registry does not tell which version was ${pointed} before ${current ?? "now"}. Choose one with: npm run models, then: npm run promote -- VERSION`,
    );
  }
  await tryRegistered(previous, options).catch((error: unknown) => {
    if (!(error instanceof ModelError)) throw error;
    throw new ModelError(
      `Version ${previous} was ${pointed} before. ${error.message}. Promote another with: npm run promote -- VERSION`,
      { cause: error },
    );
  });
  return movePointer(mlflow, { name, pointer, to: previous, action: "rollback" });
}

/** @throws ModelError when there is no such version, or it cannot be served */
async function tryRegistered(version: string, options: PromoteOptions): Promise<void> {
  const { mlflow, name, onProgress = () => {} } = options;
  const reference = await resolveVersion(mlflow, name, { version });
  onProgress(`Trying version ${version}`);
  const { contract, engine } = await tryVersion(reference, options);
  onProgress(`It answers on ${engine}: ${contract.labels.join(", ")}`);
}

/** `Production: version 3 (before: 2), moved by someone at 2026-11-25T10:00:00.000Z`. */
export function describeEntry({ pointer, from, to, who, at }: AuditEntry): string {
  return `${pointer}: version ${to} (before: ${from ?? "none"}), moved by ${who} at ${at}`;
}

/** Whether services with these settings will follow, and when. */
export function describeEffect({ pointer }: AuditEntry, wish: string, refreshSeconds: number): string {
  const follows = wish === (pointer.startsWith("@") ? `alias ${pointer.slice(1)}` : `stage ${pointer}`);
  return follows
    ? `Running services look for it after an answer, every ${refreshSeconds} s (MODEL_REFRESH_SECONDS).`
    : `Services with these settings do not follow it: they serve ${wish} (MODEL_STAGE, MODEL_ALIAS, MODEL_VERSION).`;
}
