import * as z from "zod";
import { parseJson } from "../aws/parse-json.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { Log } from "../schemas/log.ts";
import { compactObjects, nameCompaction, type ObjectLines } from "./compact.ts";
import { logPrefix, parseLogKey, startOfHour, summaryHourPrefix, tableHourPrefix } from "./log-keys.ts";
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
 * Finishes a compaction that was cut off. A journal that this program did not write is logged and otherwise ignored: the
 * next compaction replaces it.
 *
 * @throws StorageError when S3 cannot be used
 */
export async function finishCompaction(location: StoreLocation, log: Log): Promise<void> {
  const { store, bucket, prefix } = location;
  const object = await store.getObject(bucket, journalKey(prefix));
  if (object === undefined) return;
  const journal = parseJournal(object.bytes, prefix);
  if (journal === undefined) {
    log.warn("The journal of a compaction is not one that can be followed; the next compaction replaces it", {
      key: journalKey(prefix),
    });
    return;
  }
  const contents = await mapInParallel(journal.keys, maximumParallelReads, async (key) => {
    const lines = await readLogObject(location, key);
    return lines && { key, lines };
  });
  const left = contents.filter((content) => content !== undefined);
  // Objects are deleted only when the files are complete: if one is gone, only deleting the others is left to do.
  if (left.length === journal.keys.length) {
    await deleteFiles(location, journal.hour_ms, left);
    await compactObjects(location, journal.hour_ms, left);
  } else
    await store.deleteObjects(
      bucket,
      left.map(({ key }) => key),
    );
  await store.deleteObjects(bucket, [journalKey(prefix)]);
}

/**
 * Deletes what a compaction of these objects has written so far. Other versions may divide an hour into files of other
 * names, which the next attempt would not overwrite.
 */
async function deleteFiles(
  { store, bucket, prefix }: StoreLocation,
  hourMs: number,
  objects: readonly ObjectLines[],
): Promise<void> {
  const name = nameCompaction(objects.map(({ key }) => key));
  const records = objects.flatMap(({ lines }) => lines.flatMap(({ record }) => record ?? []));
  const hours = new Set([hourMs, ...records.map(({ timestamp_ms }) => startOfHour(timestamp_ms))]);
  const written: string[] = [];
  for (const ofHourMs of hours) {
    for (const folder of [tableHourPrefix(prefix, ofHourMs), summaryHourPrefix(prefix, ofHourMs)]) {
      for await (const { key } of store.listObjects(bucket, { prefix: folder }))
        if (key.includes(name)) written.push(key);
    }
  }
  await store.deleteObjects(bucket, written);
}

/** Undefined when there is none that can be followed. @throws StorageError when S3 cannot be read */
export async function readJournal({ store, bucket, prefix }: StoreLocation): Promise<Journal | undefined> {
  const object = await store.getObject(bucket, journalKey(prefix));
  return object && parseJournal(object.bytes, prefix);
}

/** Whoever follows a journal deletes what it names: it must name nothing but objects that are compacted. */
function parseJournal(bytes: Uint8Array, prefix: string): Journal | undefined {
  const isCompactable = (key: string) =>
    key.startsWith(logPrefix(prefix)) && parseLogKey(key)?.compacted === false;
  try {
    const journal = journalSchema.parse(parseJson(bytes));
    return journal.keys.every(isCompactable) ? journal : undefined;
  } catch {
    return undefined;
  }
}
