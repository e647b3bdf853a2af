import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { ServiceError } from "../errors/service-error.ts";
import { tryLock } from "../resilience/lock.mjs";

/** Where the photographs of the service are, for the training. */
export const labelledIn = (folder: string): string => path.join(folder, "labelled");
/** The photographs, and the pixels that models/eye-disease/training makes of them. */
const copies = ["labelled", "large.npy", "served.npy", "pixels.txt"];

/** Ports of servers on this machine change from one start to the next. */
const changingHosts = ["127.0.0.1", "localhost"];

/** The folder, in the work folder, of the trainings for one inference log: those of another must not be taken for left ones. */
export function folderOfLog(
  workFolder: string,
  { bucket, prefix, endpoint }: { bucket: string; prefix: string; endpoint: string | undefined },
): string {
  const { host, hostname } = new URL(endpoint ?? "https://s3.amazonaws.com");
  const server = changingHosts.includes(hostname) ? hostname : host;
  const digest = createHash("sha256")
    .update(JSON.stringify([server, bucket, prefix]))
    .digest("hex");
  return path.join(workFolder, `${bucket}-${digest.slice(0, 8)}`);
}

/**
 * Does the work while no other process of this machine works in the folder of an attempt.
 *
 * @throws ServiceError when another one does
 */
export async function withLockedFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const release = await tryLock(folder);
  if (release === undefined)
    throw new ServiceError(
      "training_runs_already",
      `Another npm run retrain works in ${folder}. Wait until it has ended, or end it; the next one continues its training.`,
    );
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * Does the work of an attempt in its folder, and removes the folder. If the process exits before, it removes the copies of
 * photographs and leaves the checkpoints, from which the next call continues; a signal that ends the process at once leaves
 * both.
 */
export async function inAttemptFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const removeCopies = () => {
    for (const name of copies) rmSync(path.join(folder, name), { recursive: true, force: true });
  };
  process.once("exit", removeCopies);
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
    process.off("exit", removeCopies);
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
