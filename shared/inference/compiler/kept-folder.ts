import { randomUUID } from "node:crypto";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** The folder kept under a key beside a version's files, or undefined. */
export async function findKept(directory: string, key: string): Promise<string | undefined> {
  const folder = folderOf(directory, key);
  return (await exists(folder)) ? folder : undefined;
}

/**
 * Fills a new folder and keeps it under a key. The folder appears complete or not at all; when another process was
 * faster, its folder stands.
 */
export async function keep(
  directory: string,
  key: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = folderOf(directory, key);
  const partial = `${folder}.partial-${randomUUID()}`;
  await mkdir(partial, { recursive: true });
  try {
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
  }
  return folder;
}

function folderOf(directory: string, key: string): string {
  return join(directory, "compiled", key);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOTEMPTY" || code === "EEXIST";
}
