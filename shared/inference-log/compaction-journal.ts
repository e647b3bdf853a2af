import * as z from "zod";
import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import { compactObjects, type ObjectLines } from "./compact.ts";
import { readLogObject } from "./log-object.ts";

const journalSchema = z.object({ hour_ms: z.int(), keys: z.array(z.string()) });
/** What is being compacted, or was when that was cut off. */
export type Journal = z.infer<typeof journalSchema>;

const maximumParallelReads = 64;

export const journalKey = (prefix: string) => `${prefix}inference-log/compacting.json`;

/**
 * Compacts objects so that a crash at any moment leaves no record twice in the table: a journal says first what is
 * compacted, and after a crash `finishCompaction` compacts exactly that again.
 *
 * @throws StorageError when S3 cannot be used
 */
export async function compactWithJournal(
  location: StoreLocation,
  hourMs: number,
  objects: readonly ObjectLines[],
): Promise<void> {
  const { store, bucket, prefix } = location;
  const journal: Journal = { hour_ms: hourMs, keys: objects.map(({ key }) => key) };
  await store.putObject(bucket, journalKey(prefix), JSON.stringify(journal), {
    contentType: "application/json",
  });
  await compactObjects(location, hourMs, objects);
  await store.deleteObjects(bucket, [journalKey(prefix)]);
}

/**
 * Finishes a compaction that was cut off.
 *
 * @throws StorageError when S3 cannot be used
 */
export async function finishCompaction(location: StoreLocation): Promise<void> {
  const { store, bucket, prefix } = location;
  const journal = await readJournal(location);
  if (journal === undefined) return;
  const contents = await mapInParallel(journal.keys, maximumParallelReads, async (key) => {
    const lines = await readLogObject(location, key);
    return lines && { key, lines };
  });
  const left = contents.filter((content) => content !== undefined);
  // Objects are deleted only when the files are complete: if one is gone, only deleting the others is left to do.
  if (left.length === journal.keys.length) await compactObjects(location, journal.hour_ms, left);
  else
    await store.deleteObjects(
      bucket,
      left.map(({ key }) => key),
    );
  await store.deleteObjects(bucket, [journalKey(prefix)]);
}

/** @throws StorageError when S3 cannot be read */
export async function readJournal({ store, bucket, prefix }: StoreLocation): Promise<Journal | undefined> {
  const object = await store.getObject(bucket, journalKey(prefix));
  return object && journalSchema.parse(JSON.parse(new TextDecoder().decode(object.bytes)));
}
