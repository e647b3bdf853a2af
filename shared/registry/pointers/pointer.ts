import { ModelError } from "../../errors/model-error.ts";
import { setAlias } from "../../mlflow/calls/set-alias.ts";
import { transitionStage } from "../../mlflow/calls/transition-stage.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import { resolveVersion } from "../resolve-version.ts";
import { type AuditEntry, currentUser, writeAuditEntry } from "./audit.ts";

/** Stages that a version can be moved to; the version that was there becomes Archived. */
export const stages = ["Production", "Staging"] as const;
export type Stage = (typeof stages)[number];

/** What decides which version serves: a stage or an alias. */
export type Pointer = { stage: Stage } | { alias: string };

/** `Production`, `@champion`. */
export function describePointer(pointer: Pointer): string {
  return "stage" in pointer ? pointer.stage : `@${pointer.alias}`;
}

/** Number of the version a pointer points at; undefined when it points at none. */
export async function findPointedVersion(
  mlflow: MlflowClient,
  name: string,
  pointer: Pointer,
): Promise<string | undefined> {
  try {
    return (await resolveVersion(mlflow, name, pointer)).version;
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

export interface Move {
  name: string;
  pointer: Pointer;
  to: string;
  action: AuditEntry["action"];
  /** Why it is moved although the gate refused the version. */
  forced?: string | undefined;
}

/**
 * Moves a stage, archiving the version that was in it, or an alias, and writes an audit entry to the registry.
 *
 * @throws ModelError when somebody else moved it at the same time
 */
export async function movePointer(mlflow: MlflowClient, move: Move): Promise<AuditEntry> {
  const { name, pointer, to } = move;
  const from = await findPointedVersion(mlflow, name, pointer);
  const entry: AuditEntry = {
    at: new Date(await applyMove(mlflow, move)).toISOString(),
    who: currentUser(),
    action: move.action,
    pointer: describePointer(pointer),
    from: from ?? null,
    to,
    ...(move.forced !== undefined && { forced: move.forced }),
  };
  await writeAuditEntry(mlflow, name, entry);
  const now = await findPointedVersion(mlflow, name, pointer);
  if (now !== to) {
    throw new ModelError(
      `${entry.pointer} of ${name} was moved to version ${to}, but somebody else moved it to ${now === undefined ? "none" : `version ${now}`} at the same time: npm run models shows where it is now`,
    );
  }
  return entry;
}

/**
 * Time of the move in milliseconds since 1970. A stage's is MLflow's own, by which a later move can be distinguished.
 */
async function applyMove(mlflow: MlflowClient, { name, pointer, to }: Move): Promise<number> {
  if ("stage" in pointer) {
    const { stage } = pointer;
    const moved = await transitionStage(mlflow, { name, version: to, stage, archiveExistingVersions: true });
    return moved.last_updated_timestamp ?? Date.now();
  }
  await setAlias(mlflow, { name, version: to, alias: pointer.alias });
  return Date.now();
}
