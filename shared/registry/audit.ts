import { userInfo } from "node:os";
import * as z from "zod";
import { setModelVersionTag } from "../mlflow/calls/set-model-version-tag.ts";
import { setRegisteredModelTag } from "../mlflow/calls/set-registered-model-tag.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import type { RegisteredModel } from "../mlflow/types.ts";

const tagPrefix = "audit.";

/** Who moved a stage or an alias, when, from which version to which: MLflow itself keeps no record (mlflow#2169). */
export const auditEntrySchema = z.object({
  /** ISO 8601. */
  at: z.string(),
  who: z.string(),
  action: z.enum(["promote", "rollback"]),
  /** `Production`, or `@champion` for an alias. */
  pointer: z.string(),
  /** The version that had it before; null when none had. */
  from: z.string().nullable(),
  to: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Writes an entry as a tag of the registered model and of the version that was moved to. */
export async function writeAuditEntry(mlflow: MlflowClient, name: string, entry: AuditEntry): Promise<void> {
  const tag = { name, key: `${tagPrefix}${entry.at}`, value: JSON.stringify(entry) };
  await setRegisteredModelTag(mlflow, tag);
  await setModelVersionTag(mlflow, { ...tag, version: entry.to });
}

/** The entries of a registered model, oldest first; tags that are none are left out. */
export function readAuditEntries(model: RegisteredModel): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const { key = "", value = "" } of model.tags ?? []) {
    if (!key.startsWith(tagPrefix)) continue;
    const entry = parseEntry(value);
    if (entry !== undefined) entries.push(entry);
  }
  return entries.sort((a, b) => a.at.localeCompare(b.at));
}

function parseEntry(text: string): AuditEntry | undefined {
  try {
    return auditEntrySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The version to go back to: the one before the promotion that brought the current one; when somebody else moved the
 * pointer since (in MLflow's pages, from Python), the last one that is known here.
 */
export function findPreviousVersion(
  entries: readonly AuditEntry[],
  pointer: string,
  current: string | undefined,
): string | undefined {
  const moves = entries.filter((entry) => entry.pointer === pointer);
  const last = moves.at(-1);
  if (last?.to !== current) return last?.to;
  const promotion = moves.findLast((entry) => entry.action === "promote" && entry.to === current);
  return promotion?.from ?? undefined;
}

/** Name of whoever runs this, for the entry. */
export function currentUser(): string {
  return userInfo().username;
}
