import { statfs } from "node:fs/promises";
import { ModelError } from "../../errors/model-error.ts";

/**
 * Frees disk space until a number of bytes fits, removing as little as possible.
 *
 * @param removable each call frees something; called in this order
 * @param label what needs the room, for the error: `eye-disease-model/3`
 * @throws ModelError that says how much is needed and how much is free
 */
export async function makeRoom(
  directory: string,
  neededBytes: number,
  removable: readonly (() => Promise<void>)[],
  label: string,
): Promise<void> {
  let freeBytes = await freeBytesIn(directory);
  for (const remove of removable) {
    if (freeBytes >= neededBytes) return;
    await remove();
    freeBytes = await freeBytesIn(directory);
  }
  if (freeBytes < neededBytes) {
    throw new ModelError(
      `${label} needs ${megabytes(neededBytes)} MB on disk (its files, and as much again for what is compiled from them) ` +
        `but ${directory} (MODEL_CACHE_DIRECTORY) has ${megabytes(freeBytes)} MB free; ` +
        "make room, name a larger disk (for a command: TMPDIR), or on AWS raise ephemeralStorageSize of predict in serverless.yml",
    );
  }
}

async function freeBytesIn(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
