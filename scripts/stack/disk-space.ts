import { existsSync, statfsSync } from "node:fs";
import path from "node:path";
import { StackError } from "./stack-error.ts";

/** With less free space than this, a server may fail at any write. */
const fullDiskBytes = 50e6;
const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`;

/**
 * Checks that a disk has room, so that nothing is left half written.
 *
 * @param folder where something will be written; it need not exist yet
 * @throws StackError that says how much is free and how much is needed
 */
export function assertDiskSpace(folder: string, neededBytes: number): void {
  let existing = path.resolve(folder);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const freeBytes = readFreeBytes(existing);
  if (freeBytes >= neededBytes) return;
  throw new StackError(
    `Expected ${megabytes(neededBytes)} of free disk space for ${folder} but found ${megabytes(freeBytes)}. Make room and run the same command again.`,
  );
}

/** Whether servers that write to this folder may fail. */
export function isDiskFull(folder: string): boolean {
  return readFreeBytes(folder) < fullDiskBytes;
}

export interface DiskWatchOptions {
  /** Told when the disk is full, and when there is room again. */
  say: (message: string) => void;
  everyMs?: number;
  /** Returns the free bytes. */
  read?: () => number;
}

/** Watches the disk of a folder, because servers do not end on a full disk but fail at every write. Returns a function that ends the watch. */
export function watchDisk(
  folder: string,
  { say, everyMs = 5_000, read = () => readFreeBytes(folder) }: DiskWatchOptions,
): () => void {
  let isFull = false;
  const timer = setInterval(() => {
    const freeBytes = read();
    // It counts as having room again only with twice as much, so that a disk at the limit is not reported over and over.
    if (freeBytes >= (isFull ? 2 : 1) * fullDiskBytes === !isFull) return;
    isFull = !isFull;
    say(
      isFull
        ? `The disk of ${folder} is full (${megabytes(freeBytes)} free): photographs are still answered, but their records wait in memory. Make room; nothing has to be started again.`
        : `The disk of ${folder} has room again (${megabytes(freeBytes)} free).`,
    );
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function readFreeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
