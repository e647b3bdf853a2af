import { userInfo } from "node:os";
import { setModelVersionTag } from "../../mlflow/calls/set-model-version-tag.ts";
import { setRegisteredModelTag } from "../../mlflow/calls/set-registered-model-tag.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { RegisteredModel } from "../../mlflow/types.ts";

const tagPrefix = "audit.";

/** Who moved a stage or an alias, when, from which version to which: MLflow itself keeps no record (mlflow#2169). */
export interface AuditEntry {
  /** ISO 8601; for a stage, MLflow's own time of the move. */
  at: string;
  who: string;
  action: "promote" | "rollback";
  /** `Production`, or `@champion` for an alias. */
  pointer: string;
  /** The version that had the pointer before; null when none had. */
  from: string | null;
  to: string;
  /** Why it was moved although the gate had refused the version; absent where the gate had not. */
  forced?: string;
}

const verbs = { promote: "promoted", rollback: "rolled back" } as const;
const pattern =
  /^(\S+): version (\d+) \(before: (\d+|none)\), (promoted|rolled back) by (.*?)(?:, forced: (.*))?$/s;

/** `Production: version 3 (before: 2), promoted by ana`. */
export function describeAuditEntry({ pointer, from, to, who, action, forced }: AuditEntry): string {
  const reason = forced === undefined ? "" : `, forced: ${forced}`;
  return `${pointer}: version ${to} (before: ${from ?? "none"}), ${verbs[action]} by ${who}${reason}`;
}

/** Writes an entry as a tag of the registered model and of the version that was moved to. */
export async function writeAuditEntry(mlflow: MlflowClient, name: string, entry: AuditEntry): Promise<void> {
  const tag = { name, key: `${tagPrefix}${entry.at}`, value: describeAuditEntry(entry) };
  await setRegisteredModelTag(mlflow, tag);
  await setModelVersionTag(mlflow, { ...tag, version: entry.to });
}

/** The entries of a registered model, oldest first; other tags are skipped. */
export function readAuditEntries(model: RegisteredModel): AuditEntry[] {
  return (model.tags ?? [])
    .map(({ key = "", value = "" }) => parseEntry(key, value))
    .filter((entry) => entry !== undefined)
    .sort((a, b) => a.at.localeCompare(b.at));
}

function parseEntry(key: string, value: string): AuditEntry | undefined {
  const at = key.startsWith(tagPrefix) ? key.slice(tagPrefix.length) : "";
  const [, pointer, to, from, verb, who, forced] = pattern.exec(value) ?? [];
  if (Number.isNaN(Date.parse(at)) || !pointer || !to || who === undefined) return undefined;
  const action = verb === verbs.promote ? "promote" : "rollback";
  return {
    ...{ at, who, action, pointer, from: from === "none" || from === undefined ? null : from, to },
    ...(forced !== undefined && { forced }),
  };
}

/** Name of the operating system's user, for the entry. */
export function currentUser(): string {
  return userInfo().username;
}
