import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { StoredKey } from "../access/api-key.ts";
import { keyFile, parseKeyFile } from "../access/key-store.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { journalKey } from "../inference-log/compaction-journal.ts";
import { parseLogKey, parseSummaryKey, startOfHour, tableHourPrefix } from "../inference-log/log-keys.ts";
import { parseLogLines } from "../inference-log/log-lines.ts";
import { readLogObject } from "../inference-log/log-object.ts";
import { DamagedTableError } from "../inference-log/table/parquet.ts";
import { endedTotalsKey, parseEndedTotals } from "../inference-log/totals/service-totals.ts";
import { sessionTotalsPrefix } from "../inference-log/totals/session-totals.ts";
import { forEachAtOnce, type ObjectPlace, transferTimeoutMs } from "./copy-objects.ts";
import type { BackedUpObject } from "./manifest.ts";
import { putKeys } from "./put-keys.ts";
import { areTotalsLost, putTotals } from "./put-totals.ts";

/**
 * Writes objects back. Objects in the bucket under other keys stay; those that are as in the backup are not written again,
 * since S3 counts from the last write until an object expires. In the bucket of the inference log so does what changes under
 * its key (labels, states, the drift reference): what is there is newer. API keys and totals are added where those in the bucket
 * began anew since the backup.
 *
 * @returns callers' keys of the backup that were not restored because other callers have keys
 */
export async function putObjects(
  place: ObjectPlace,
  objects: readonly BackedUpObject[],
  folder: string,
): Promise<StoredKey[]> {
  if (place.owner === "inference-log") return putLogBucket(place, objects, folder);
  await forEachAtOnce(objects, (object) => putObject(place, object, folder));
  return [];
}

async function putLogBucket(
  place: ObjectPlace,
  objects: readonly BackedUpObject[],
  folder: string,
): Promise<StoredKey[]> {
  const kinds = Object.groupBy(objects, ({ key }) => kindOf(key));
  const read = ([object]: BackedUpObject[] = []) => object && readFile(path.join(folder, object.sha256));
  const [totalsFile, keysFile] = await Promise.all([read(kinds.totals), read(kinds.keys)]);
  const totals = totalsFile && parseEndedTotals(totalsFile);
  await forEachAtOnce(kinds.once ?? [], (object) => putObject(place, object, folder));
  await putRecords(place, kinds.records ?? [], folder);
  // Where the totals were not lost, sessions that ended since are in them, and have no object of their own any more.
  const areLost = await areTotalsLost(place, totals);
  const changing = [...(kinds.changing ?? []), ...((areLost && kinds.session) || [])];
  await forEachAtOnce(changing, (object) => putObject(place, object, folder, { ifAbsent: true }));
  // Last: a restore that is repeated after a failure takes them for the sign that the sessions were written.
  if (areLost && totals) await putTotals(place, totals);
  return keysFile === undefined ? [] : putKeys(place, parseKeyFile(keysFile));
}

type Kind = "records" | "once" | "session" | "totals" | "keys" | "journal" | "changing";

function kindOf(key: string): Kind {
  const logObject = parseLogKey(key);
  if (logObject !== undefined) return logObject.compacted ? "once" : "records";
  if (parseSummaryKey(key) !== undefined) return "once";
  if (key.startsWith(sessionTotalsPrefix(""))) return "session";
  if (key === endedTotalsKey("")) return "totals";
  if (key === keyFile("")) return "keys";
  // What it names is compacted anew, or is in the table.
  return key === journalKey("") ? "journal" : "changing";
}

/** Records that the table has meanwhile are not written beside it: they would be compacted again and counted twice. */
async function putRecords(
  place: ObjectPlace,
  objects: readonly BackedUpObject[],
  folder: string,
): Promise<void> {
  for (const [hourMs, ofHour] of Map.groupBy(objects, ({ key }) => parseLogKey(key)?.hourMs ?? 0)) {
    const tables = new Map<number, Promise<Set<string>>>();
    const tableOf = (ofHourMs: number) => {
      const known = tables.get(ofHourMs) ?? readTable(place, ofHourMs);
      tables.set(ofHourMs, known);
      return known;
    };
    await forEachAtOnce(ofHour, async (object) => {
      const lines = parseLogLines(await readFile(path.join(folder, object.sha256)));
      for (const { text, record } of lines) {
        const table = await tableOf(record ? startOfHour(record.timestamp_ms) : hourMs);
        if (!table.has(text)) return putObject(place, object, folder);
      }
    });
  }
}

/** Every line that the table has of an hour. A damaged file has none. */
async function readTable(place: ObjectPlace, hourMs: number): Promise<Set<string>> {
  const texts = new Set<string>();
  for await (const { key } of place.store.listObjects(place.bucket, {
    prefix: tableHourPrefix(place.prefix, hourMs),
  })) {
    const lines = await readLogObject(place, key).catch((error: unknown) => {
      if (error instanceof DamagedTableError) return [];
      throw error;
    });
    for (const { text } of lines ?? []) texts.add(text);
  }
  return texts;
}

async function putObject(
  { store, bucket, prefix }: ObjectPlace,
  { key, sha256, content_type }: BackedUpObject,
  folder: string,
  condition: { ifAbsent?: true } = {},
): Promise<void> {
  if (!condition.ifAbsent && (await hashObject({ store, bucket, prefix }, key)) === sha256) return;
  await store.putObject(bucket, `${prefix}${key}`, await readFile(path.join(folder, sha256)), {
    timeoutMs: transferTimeoutMs,
    ...(content_type !== undefined && { contentType: content_type }),
    ...condition,
  });
}

/** Undefined when there is no such object. */
async function hashObject(
  { store, bucket, prefix }: StoreLocation,
  key: string,
): Promise<string | undefined> {
  const object = await store.openObject(bucket, `${prefix}${key}`, { timeoutMs: transferTimeoutMs });
  if (object === undefined) return undefined;
  const hash = createHash("sha256");
  for await (const chunk of object.body) hash.update(chunk);
  return hash.digest("hex");
}
