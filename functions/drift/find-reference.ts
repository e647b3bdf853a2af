import type { ObjectStore } from "../../shared/aws/object-store.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import type { ReferenceNote } from "../../shared/drift/reference/reference-note.ts";
import { parseReferenceWindow, type ReferenceWindow } from "../../shared/drift/reference/reference-window.ts";
import {
  findKeptReference,
  type KeptReference,
  nameVersionReference,
  parseRegisteredVersion,
  withoutReference,
} from "../../shared/drift-reference/find-kept-reference.ts";
import { keepVersionReference, type NamedVersion } from "../../shared/drift-reference/version-reference.ts";
import { ModelError } from "../../shared/errors/model-error.ts";
import type { MlflowClient } from "../../shared/mlflow/index.ts";
import { resolveVersion } from "../../shared/registry/resolve-version.ts";
import { fetchReferenceWindow } from "../../shared/registry/version-files/fetch-reference-window.ts";
import type { Language } from "../../shared/schemas/language.ts";

export interface ReferenceAccess {
  location: StoreLocation;
  /** Absent when the registry is off. */
  mlflow: MlflowClient | undefined;
  /** Of MLflow's artifacts. */
  store: ObjectStore;
  artifactRoot: string | undefined;
  /** Folder of the packaged model. */
  localModelDirectory: string;
  /** Whether S3 keeps what was found for a version of the registry, also that there is none. */
  keeps: boolean;
  /** Of the report. */
  language: Language;
}

export interface FoundReference {
  reference?: ReferenceWindow;
  /** Why there is none. */
  note?: ReferenceNote;
}

/**
 * Finds what the serving version's predictions are compared with: the past window that `npm run drift:reference` has named,
 * else the window among the version's own files (for the packaged model, in its folder).
 *
 * @param servingVersion `name/version` of the newest prediction that is not a challenger's
 * @throws StorageError, MlflowError or ServiceError when the search itself fails
 */
export async function findReference(
  access: ReferenceAccess,
  servingVersion: string | undefined,
): Promise<FoundReference> {
  const kept = await findKeptReference(
    access.location,
    servingVersion,
    access.localModelDirectory,
    access.language,
  );
  if (kept !== undefined && kept !== withoutReference) return parse(kept);
  if (servingVersion === undefined) return { note: { code: "no_prediction" } };
  const version = parseRegisteredVersion(servingVersion);
  if (version === undefined) return { note: { code: "none_of_packaged", version: servingVersion } };
  if (access.mlflow === undefined) return { note: { code: "registry_off" } };
  // Again each time, because a window may be logged to the version's run later.
  const text = await fetchReference(access, access.mlflow, version);
  if (access.keeps && (text !== undefined || kept === undefined))
    await keepVersionReference(access.location, version, text ?? "");
  if (text === undefined) return { note: { code: "none_of_version", version: servingVersion } };
  return parse({
    text,
    source: nameVersionReference(servingVersion, access.language),
    version: servingVersion,
  });
}

async function fetchReference(
  access: ReferenceAccess,
  mlflow: MlflowClient,
  version: NamedVersion,
): Promise<string | undefined> {
  try {
    const resolved = await resolveVersion(mlflow, version.name, { version: version.version });
    return await fetchReferenceWindow(resolved, { ...access, mlflow });
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** With a malformed window the rules alone still judge. */
function parse({ text, source, version }: KeptReference): FoundReference {
  try {
    // Errors are in English, while the source is in the report's language.
    return {
      reference: { ...parseReferenceWindow(text, version ?? source), source, ...(version && { version }) },
    };
  } catch (error) {
    if (error instanceof RangeError) return { note: { code: "malformed", detail: error.message } };
    throw error;
  }
}
