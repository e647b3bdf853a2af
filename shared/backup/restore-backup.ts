import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { StoredKey } from "../access/api-key.ts";
import { ServiceError } from "../errors/service-error.ts";
import { parseLogKey } from "../inference-log/log-keys.ts";
import { inTemporaryFolder } from "../resilience/temporary-folder.ts";
import { dayLengthMs } from "../time/durations.ts";
import { requestReconciliation } from "../tracking/upkeep/reconcile-again.ts";
import type { BackupPrograms, BackupSource } from "./backup-source.ts";
import { type BackedUpObject, hashFile, type Manifest, manifestFile, manifestSchema } from "./manifest.ts";
import { putObjects } from "./put-objects.ts";

export interface Restored {
  manifest: Manifest;
  /** Callers' keys of the backup that were not restored, because the bucket has keys of callers without them. */
  keysLeftOut: StoredKey[];
  /** Number of records, summaries and reports that were not restored because their time was over. */
  expired: number;
}

/**
 * Restores a backup. All its files are checked before anything is touched; then objects are written, and the request to
 * send newer records to MLflow; finally the databases are swapped in one transaction. Objects that are newer than the
 * backup stay, also states, so no record is lost; API keys and totals come back where those there began anew.
 *
 * @throws ServiceError when the file is not a whole backup, StorageError when S3 fails, and what `programs` throw; the databases
 *   are then unchanged
 */
export async function restoreBackup(
  file: string,
  source: BackupSource,
  programs: BackupPrograms,
  onProgress: (message: string) => void = () => {},
): Promise<Restored> {
  const restore = async (folder: string): Promise<Restored> => {
    onProgress("unpacking");
    const manifest = await unpack(file, folder, programs);
    const keysLeftOut: StoredKey[] = [];
    const beforeMs = Date.now() - (source.recordRetentionDays ?? Number.POSITIVE_INFINITY) * dayLengthMs;
    const kept = manifest.objects.filter((object) => !isExpired(object, beforeMs));
    for (const place of source.places) {
      onProgress(`writing to s3://${place.bucket}/${place.prefix}`);
      const objects = kept.filter(({ owner }) => owner === place.owner);
      keysLeftOut.push(...(await putObjects(place, objects, folder)));
    }
    for (const place of source.places.filter(({ owner }) => owner === "inference-log"))
      await requestReconciliation(place, mayLackSince(manifest));
    onProgress("reading in the databases");
    const dumps = new Map(manifest.databases.map(({ name, sha256 }) => [name, path.join(folder, sha256)]));
    await programs.replaceDatabases(source.server, dumps);
    return { manifest, keysLeftOut, expired: manifest.objects.length - kept.length };
  };
  return inTemporaryFolder("restoring", restore, path.dirname(path.resolve(file)));
}

/** Whether an object is one that the bucket's rules let expire, of a day that ended before a moment. */
export function isExpired({ owner, key }: Pick<BackedUpObject, "owner" | "key">, beforeMs: number): boolean {
  const [, year, month, day] = (owner === "inference-log" && expiringKey.exec(key)) || [];
  return year !== undefined && Date.parse(`${year}-${month}-${day}`) + dayLengthMs < beforeMs;
}

/** Firehose writes the day of what it could not deliver with slashes. */
const expiringKey =
  /^(?:inference-log|inference-log-errors|drift-reports)\/(?:.+\/)?(?:date=)?(\d{4})[-/](\d{2})[-/](\d{2})\//;

/**
 * Since when the databases of a backup may lack records: the oldest that was not compacted yet, at latest a day before, because
 * the drift job went on between databases and objects.
 */
export function mayLackSince({ created_at, objects }: Pick<Manifest, "created_at" | "objects">): number {
  return objects.reduce((sinceMs, { owner, key }) => {
    const object = owner === "inference-log" ? parseLogKey(key) : undefined;
    return object === undefined || object.compacted ? sinceMs : Math.min(sinceMs, object.hourMs);
  }, Date.parse(created_at) - dayLengthMs);
}

async function unpack(file: string, folder: string, programs: BackupPrograms): Promise<Manifest> {
  const problem = (text: string) =>
    new ServiceError("incomplete_backup", `${file} is not a complete backup: ${text}. Use another one.`);
  try {
    await programs.unpack(file, folder);
  } catch (error) {
    throw problem(error instanceof Error ? error.message : String(error));
  }
  const names = new Set(await readdir(folder));
  if (!names.has(manifestFile)) throw problem(`it has no ${manifestFile}`);
  const manifest = manifestSchema.safeParse(
    JSON.parse(await readFile(path.join(folder, manifestFile), "utf8")),
  );
  if (!manifest.success) throw problem(`its ${manifestFile} is not that of a backup`);
  const { databases, objects } = manifest.data;
  for (const sha256 of new Set([...databases, ...objects].map((entry) => entry.sha256))) {
    if (!names.has(sha256)) throw problem(`${sha256} is missing`);
    if ((await hashFile(path.join(folder, sha256))) !== sha256) throw problem(`${sha256} is damaged`);
  }
  return manifest.data;
}
