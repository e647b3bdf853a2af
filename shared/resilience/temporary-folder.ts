import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const ownerMark = "-fundus-lambda-";
const ownedFolder = new RegExp(`${ownerMark}(\\d+)-\\w{6}$`);

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
  const directory = mkdtempSync(path.join(parent, `${name}${ownerMark}${process.pid}-`));
  const removeNow = () => rmSync(directory, { recursive: true, force: true });
  process.once("exit", removeNow);
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
    process.off("exit", removeNow);
  }
}

/** Removes the folders for temporary files in `parent` whose process has ended: they may contain photographs or databases. */
export function removeLeftFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    const owner = ownedFolder.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    try {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch {
      // Another account's, which removes it itself.
    }
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
