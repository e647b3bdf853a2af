import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { dayLengthMs } from "../time/durations.ts";

/** Processes are numbered in each container anew, and a folder may belong to several containers or machines. */
const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const ownerMark = "-fundus-lambda-";
const ownedFolder = new RegExp(`${ownerMark}(\\w{8})-(\\d+)-\\w{6}$`);
/** After so long nobody works in a folder any more. Whether a process of another machine still runs cannot be seen. */
const abandonedAfterMs = dayLengthMs;

/**
 * Does something in an empty folder for temporary files.
 *
 * The folder is removed in any case, also when the process exits before the work has ended. One that is left, because a signal
 * ended its process at once, is removed by the next call in any process.
 *
 * @param name what the folder's name begins with
 * @param parent where it is made, for work that may need more room than the system's folder for temporary files has
 */
export async function inTemporaryFolder<T>(
  name: string,
  work: (directory: string) => Promise<T>,
  parent = tmpdir(),
): Promise<T> {
  removeLeftFolders(parent);
  // Made synchronously, so that the process cannot exit between the folder's creation and the promise to remove it.
  const directory = mkdtempSync(path.join(parent, `${name}${ownerMark}${host}-${process.pid}-`));
  const removeNow = () => rmSync(directory, { recursive: true, force: true });
  process.once("exit", removeNow);
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
    process.off("exit", removeNow);
  }
}

/**
 * Removes the folders for temporary files in `parent` whose process has ended, and those of another machine or container that
 * nobody has changed for a day: they may contain photographs or databases.
 */
export function removeLeftFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, ownerHost, owner] = ownedFolder.exec(name) ?? [];
    if (owner === undefined) continue;
    const folder = path.join(parent, name);
    try {
      const isAtWork = ownerHost === host ? isRunning(Number(owner)) : !isAbandoned(folder);
      if (!isAtWork) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another account's, which removes it itself, or just removed by its own process.
    }
  }
}

const isAbandoned = (folder: string): boolean => Date.now() - statSync(folder).mtimeMs > abandonedAfterMs;

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
