import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { ModelFiles } from "../../schemas/model.ts";
import { hourLengthMs } from "../../time/durations.ts";
import { makeRoom } from "./disk-space.ts";
import { type LastGoodVersion, readLastGood, writeLastGood } from "./last-good-version.ts";

/** Versions of one model that are kept on disk: the one that serves, the one before, and one more to roll back to. */
const keptVersions = 3;
const abandonedAfterMs = hourLengthMs;

/**
 * Names the files of one version. A number alone is not enough: a model that is deleted and created again reuses it.
 */
export interface CacheKey {
  name: string;
  version: string;
  /** See VersionReference: a hash of the version's source, time of creation and weights hash. */
  contentId: string;
}

/** Files of complete model versions on this machine's disk. Several processes may share the folder. */
export type VersionCache = ReturnType<typeof createVersionCache>;

/** @param root MODEL_CACHE_DIRECTORY; created if it does not exist */
export function createVersionCache(root: string) {
  const folderOf = (name: string) => join(root, folderNameOf(name));
  const directoryOf = (key: CacheKey) => join(folderOf(key.name), `${key.version}-${key.contentId}`);

  /** Makes room for more bytes by removing versions, those in use last: a loaded model no longer needs its files. */
  const evict = async (name: string, neededBytes: number, inUse: ReadonlySet<string>, label: string) => {
    const oldestFirst = (await listVersions(folderOf(name))).sort((a, b) => a.usedMs - b.usedMs);
    // A start without the registry needs the files of the last good version, whoever adds another.
    const lastGood = await readLastGood(folderOf(name));
    const isUsed = ({ directory }: { directory: string }) =>
      inUse.has(directory) || directory === lastGood?.files.directory;
    const idle = oldestFirst.filter((entry) => !isUsed(entry));
    const tooMany = idle.splice(0, Math.max(0, oldestFirst.length - (keptVersions - 1)));
    for (const entry of tooMany) await remove(entry.directory);
    const used = oldestFirst.filter(isUsed);
    const removable = [...idle, ...used].map((entry) => () => remove(entry.directory));
    await makeRoom(root, neededBytes, removable, label);
  };

  return {
    directoryOf,

    /** Folder of a version, which then counts as just used; undefined when the version is not here. */
    async find(key: CacheKey): Promise<string | undefined> {
      const directory = directoryOf(key);
      const now = new Date();
      return utimes(directory, now, now).then(
        () => directory,
        () => undefined,
      );
    },

    /**
     * Adds a version: `fill` writes its files into a folder that nobody sees before it is complete.
     *
     * @param neededBytes space that the files and what is derived from them will take
     * @param inUse folders of the versions that serve now
     * @returns the version's folder
     * @throws ModelError when the disk has not enough space; what `fill` throws
     */
    async add(
      key: CacheKey,
      neededBytes: number,
      inUse: ReadonlySet<string>,
      fill: (directory: string) => Promise<void>,
    ): Promise<string> {
      const incoming = join(root, ".incoming", randomUUID());
      await removeAbandoned(join(root, ".incoming"));
      await mkdir(incoming, { recursive: true });
      await mkdir(folderOf(key.name), { recursive: true });
      try {
        await evict(key.name, neededBytes, inUse, `${key.name}/${key.version}`);
        await fill(incoming);
        await moveInto(incoming, directoryOf(key));
      } finally {
        await remove(incoming);
      }
      return directoryOf(key);
    },

    async remove(key: CacheKey): Promise<void> {
      await remove(directoryOf(key));
    },

    /** Remembers a version that was loaded and has answered, for a start without the registry. */
    rememberGood: (files: ModelFiles, servingId: string): Promise<void> =>
      writeLastGood(folderOf(files.identity.name), { files, servingId }),

    /** The version of a model that was remembered last; undefined when its files are gone. */
    findLastGood: (name: string): Promise<LastGoodVersion | undefined> => readLastGood(folderOf(name)),
  };
}

/** At most 255 bytes, the limit of a file name; never starts with a dot, as `.incoming` and `.packaged` do. */
function folderNameOf(name: string): string {
  const encoded = encodeURIComponent(name).replace(/^\./, "%2E");
  if (encoded.length <= 200) return encoded;
  return `${encoded.slice(0, 100)}-${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
}

async function listVersions(folder: string): Promise<{ directory: string; usedMs: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const directories = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  return Promise.all(
    directories.map(async (directory) => ({
      directory,
      usedMs: await stat(directory).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  );
}

/** If another process has added the same version meanwhile, its folder stays. */
async function moveInto(incoming: string, target: string): Promise<void> {
  try {
    await rename(incoming, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}

/** Removes what processes left behind that ended during a download. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const { directory, usedMs } of await listVersions(folder)) {
    if (Date.now() - usedMs > abandonedAfterMs) await remove(directory);
  }
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
