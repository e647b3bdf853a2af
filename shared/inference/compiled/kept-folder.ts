import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../errors/model-error.ts";

/** The folder that is kept under a key beside a version's files, or undefined. */
export async function findKept(directory: string, key: string): Promise<string | undefined> {
  const folder = folderOf(directory, key);
  return stat(folder).then(
    () => folder,
    () => undefined,
  );
}

/**
 * Fills a new folder and keeps it under a key. The folder appears complete or not at all. When another process was
 * faster, its folder stands.
 *
 * @throws ModelError when the disk is full
 */
export async function keep(
  directory: string,
  key: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = folderOf(directory, key);
  const partial = `${folder}.partial-${randomUUID()}`;
  try {
    await mkdir(partial, { recursive: true });
    await fill(partial);
    await rename(partial, folder).catch(ignoreTaken);
    return folder;
  } catch (error) {
    if (codeOf(error) !== "ENOSPC") throw error;
    throw new ModelError(
      `No space is left in ${directory} to keep the compiled graph; make room there (a command takes another folder from TMPDIR), or on AWS raise ephemeralStorageSize of predict in serverless.yml`,
      { cause: error },
    );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function folderOf(directory: string, key: string): string {
  return join(directory, "compiled", key);
}

function ignoreTaken(error: unknown): void {
  const code = codeOf(error);
  if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
