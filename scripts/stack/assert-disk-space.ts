import { existsSync, statfsSync } from "node:fs";
import path from "node:path";
import { StackError } from "./stack-error.ts";

/**
 * Checks that a disk has room, before something is written half.
 *
 * @param folder where something will be written; it need not exist yet
 * @throws StackError that says how much is free and how much is needed
 */
export function assertDiskSpace(folder: string, neededBytes: number): void {
  let existing = path.resolve(folder);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  if (bavail * bsize >= neededBytes) return;
  const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`;
  throw new StackError(
    `Expected ${megabytes(neededBytes)} of free disk space for ${folder} but found ${megabytes(bavail * bsize)}. Make room and run the same command again.`,
  );
}
