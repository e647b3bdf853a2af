import { rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { tryLock } from "../lock.mjs";

/** Where the photographs of the service are, for the training. */
export const labelledIn = (folder: string): string => path.join(folder, "labelled");
/** The photographs, and the pixels that models/eye-disease/training makes of them. */
const copies = ["labelled", "large.npy", "served.npy", "pixels.txt"];

/**
 * Does the work of an attempt in its folder, and removes the folder. If the process exits before, it removes the copies of
 * photographs and leaves the checkpoints, from which the next call continues; a signal that ends the process at once leaves
 * both.
 */
export async function inAttemptFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const release = await tryLock(folder);
  const removeCopies = () => {
    for (const name of copies) rmSync(path.join(folder, name), { recursive: true, force: true });
  };
  process.once("exit", removeCopies);
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
    process.off("exit", removeCopies);
    release?.();
  }
}

/** Removes the folders that attempts have left which nobody continues, and in which no process of this machine works. */
export async function removeOtherAttempts(workFolder: string, attempt: string | undefined): Promise<void> {
  for (const name of await readdir(workFolder).catch(() => [])) {
    if (name === attempt || !z.uuid().safeParse(name).success) continue;
    const folder = path.join(workFolder, name);
    const release = await tryLock(folder);
    if (release !== undefined) await rm(folder, { recursive: true, force: true });
    release?.();
  }
}
