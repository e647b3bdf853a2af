import { mkdtempSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Does something in an empty folder for temporary files.
 *
 * The folder is removed in any case, also when the process exits before the work has ended; a signal that ends the process at
 * once leaves it.
 *
 * @param name what the folder's name begins with
 * @param parent where it is made, for work that may need more room than the system's folder for temporary files has
 */
export async function inTemporaryFolder<T>(
  name: string,
  work: (directory: string) => Promise<T>,
  parent = tmpdir(),
): Promise<T> {
  // Made synchronously, so that the process cannot exit between the folder's creation and the promise to remove it.
  const directory = mkdtempSync(path.join(parent, `${name}-`));
  const removeNow = () => rmSync(directory, { recursive: true, force: true });
  process.once("exit", removeNow);
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
    process.off("exit", removeNow);
  }
}
