import type { ObjectStore } from "../../shared/aws/object-store.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { parseReferenceWindow, type ReferenceWindow } from "../../shared/drift/reference-window.ts";
import { ModelError } from "../../shared/errors/model-error.ts";
import type { MlflowClient } from "../../shared/mlflow/index.ts";
import { fetchReferenceWindow } from "../../shared/registry/fetch-reference-window.ts";
import { resolveVersion } from "../../shared/registry/resolve-version.ts";
import { readNamedReference } from "./named-reference.ts";

export interface ReferenceAccess {
  location: StoreLocation;
  /** Absent when tracking is off. */
  mlflow: MlflowClient | undefined;
  store: ObjectStore;
  artifactRoot: string | undefined;
}

export interface FoundReference {
  reference?: ReferenceWindow;
  /** Why there is none. */
  note?: string;
}

/**
 * What the newest version's predictions are compared with: the past window that `npm run drift:reference` has named,
 * else the window that the version carries in its own files.
 *
 * @param version `name/version` of the newest prediction
 * @throws StorageError, MlflowError or ServiceError when it cannot be looked for
 */
export async function findReference(
  access: ReferenceAccess,
  version: string | undefined,
): Promise<FoundReference> {
  const named = await readNamedReference(access.location);
  if (named !== undefined) return parse(named.text, named.source);
  const [, name = "", number = ""] = /^(.*)\/(\d+)$/.exec(version ?? "") ?? [];
  if (version === undefined) return { note: "there is no prediction" };
  if (number === "") return { note: `the packaged model ${version} carries no reference window` };
  if (access.mlflow === undefined)
    return { note: "MLflow, which keeps the version's files, is switched off" };
  const text = await readVersionReference(access, access.mlflow, { name, number });
  return text === undefined
    ? { note: `version ${number} of ${name} carries no reference window` }
    : parse(text, `the reference window of ${version}`);
}

/** A version's files never change: what was fetched once is kept in S3, so that MLflow may be down. */
async function readVersionReference(
  access: ReferenceAccess,
  mlflow: MlflowClient,
  { name, number }: { name: string; number: string },
): Promise<string | undefined> {
  const { store, bucket, prefix } = access.location;
  const key = `${prefix}drift-reference/versions/${encodeURIComponent(name)}/${number}.jsonl`;
  const kept = await store.getObject(bucket, key);
  if (kept !== undefined) return new TextDecoder().decode(kept.bytes);
  try {
    const reference = await resolveVersion(mlflow, name, { version: number });
    const text = await fetchReferenceWindow(reference, { ...access, mlflow });
    if (text !== undefined) await store.putObject(bucket, key, text, { contentType: "application/x-ndjson" });
    return text;
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** A window that is not as it must be is no reason to judge nothing. */
function parse(text: string, source: string): FoundReference {
  try {
    return { reference: parseReferenceWindow(text, source) };
  } catch (error) {
    if (error instanceof RangeError) return { note: error.message };
    throw error;
  }
}
