import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import manifestOfPackage from "../../package.json" with { type: "json" };
import { mapInParallel } from "../resilience/in-parallel.ts";
import { withLock } from "../resilience/lock.mjs";
import { removeLeftFolders } from "../resilience/temporary-folder.ts";
import type { BackupPrograms, BackupSource } from "./backup-source.ts";
import { copyObjects } from "./copy-objects.ts";
import { hashFile, type Manifest, manifestFile } from "./manifest.ts";

export interface BackupOptions {
  source: BackupSource;
  programs: BackupPrograms;
  /** Where backups are kept. */
  directory: string;
  /** How many backups are kept; older ones are deleted once a new one is whole. */
  keep: number;
  onProgress?: (message: string) => void;
}

export interface Backup {
  file: string;
  manifest: Manifest;
  /** Optional databases that the server does not have. */
  absentDatabases: string[];
}

const namePattern = /^fundus-(\d{8}T\d{9}Z)\.tar$/;
const unfinishedPrefix = "unfinished-";

/**
 * Writes one backup. The databases are read first and the objects second, so that every artifact that the databases name is
 * in the backup. A restore asks the drift job to send to MLflow the records that only the log has. The file gets its name when
 * it is whole and on the disk.
 */
export function createBackup(options: BackupOptions): Promise<Backup> {
  const { directory, onProgress = () => {} } = options;
  return withLock(
    path.resolve(directory),
    () => createAlone(options, onProgress),
    () => onProgress("waiting for another backup that is being written"),
  );
}

async function createAlone(
  { source, programs, directory, keep }: BackupOptions,
  onProgress: (message: string) => void,
): Promise<Backup> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await removeUnfinished(directory);
  const createdAt = new Date().toISOString();
  const name = `fundus-${createdAt.replace(/[-:.]/g, "")}.tar`;
  const folder = path.join(directory, `${unfinishedPrefix}${name}.folder`);
  const archive = path.join(directory, `${unfinishedPrefix}${name}`);
  try {
    await mkdir(folder, { mode: 0o700 });
    const absentDatabases = await findAbsent(source, programs);
    const databases = source.databases.filter((database) => !absentDatabases.includes(database));
    const manifest = await fill(folder, { ...source, databases }, programs, createdAt, onProgress);
    onProgress("packing");
    await programs.pack(folder, archive);
    const file = path.join(directory, name);
    await keepForGood(archive, file);
    await removeOld(directory, name, keep);
    return { file, manifest, absentDatabases };
  } finally {
    await removeUnfinished(directory);
  }
}

async function findAbsent(
  { server, optionalDatabases = [] }: BackupSource,
  programs: BackupPrograms,
): Promise<string[]> {
  if (optionalDatabases.length === 0) return [];
  const existing = await programs.listDatabases(server);
  return optionalDatabases.filter((name) => !existing.includes(name));
}

async function fill(
  folder: string,
  source: BackupSource,
  programs: BackupPrograms,
  createdAt: string,
  onProgress: (message: string) => void,
): Promise<Manifest> {
  onProgress(`reading the databases ${source.databases.join(", ")}`);
  const databases = await mapInParallel(source.databases, source.databases.length, async (name) => {
    const file = path.join(folder, `${name}.dump`);
    await programs.dumpDatabase(source.server, name, file);
    const sha256 = await hashFile(file);
    await rename(file, path.join(folder, sha256));
    return { name, sha256 };
  });
  const objects: Manifest["objects"] = [];
  for (const place of source.places) {
    onProgress(`reading s3://${place.bucket}/${place.prefix}`);
    objects.push(...(await copyObjects(place, folder)));
  }
  const manifest: Manifest = {
    format: 1,
    created_at: createdAt,
    service_version: manifestOfPackage.version,
    databases,
    objects,
  };
  await writeFile(path.join(folder, manifestFile), JSON.stringify(manifest), { mode: 0o600 });
  return manifest;
}

/** Readable only by its owner, because it holds what the servers keep behind passwords. */
async function keepForGood(archive: string, file: string): Promise<void> {
  const handle = await open(archive, "r+");
  await handle.chmod(0o600);
  await handle.sync();
  await handle.close();
  await rename(archive, file);
}

/** When the newest backup in a folder was made, by its name; undefined where there is none. */
export async function findNewestBackupMs(directory: string): Promise<number | undefined> {
  const names = await readdir(directory).catch(() => []);
  const [, time] =
    namePattern.exec(
      names
        .filter((name) => namePattern.test(name))
        .sort()
        .at(-1) ?? "",
    ) ?? [];
  const iso = time?.replace(/^(....)(..)(..)T(..)(..)(..)(...)Z$/, "$1-$2-$3T$4:$5:$6.$7Z") ?? "";
  const newestMs = Date.parse(iso);
  return Number.isNaN(newestMs) ? undefined : newestMs;
}

/**
 * Nobody else writes here under the lock, so an unfinished file was left by a process that was killed. A restore, which unpacks a
 * backup beside it, may be at work.
 */
async function removeUnfinished(directory: string): Promise<void> {
  removeLeftFolders(directory);
  for (const name of await readdir(directory)) {
    if (name.startsWith(unfinishedPrefix))
      await rm(path.join(directory, name), { recursive: true, force: true });
  }
}

/** Whatever its name says: where the clock was set back, backups that were made before have later names than the new one. */
async function removeOld(directory: string, made: string, keep: number): Promise<void> {
  const others = (await readdir(directory)).filter((name) => namePattern.test(name) && name !== made).sort();
  const excess = Math.max(0, others.length + 1 - keep);
  for (const name of others.slice(0, excess)) await rm(path.join(directory, name));
}
