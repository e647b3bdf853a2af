import { readFile } from "node:fs/promises";
import path from "node:path";
import { journalKey } from "../../shared/inference-log/compaction-journal.ts";
import {
  parseLogKey,
  parseSummaryKey,
  startOfHour,
  tableHourPrefix,
} from "../../shared/inference-log/log-keys.ts";
import { parseLogLines } from "../../shared/inference-log/log-lines.ts";
import { readLogObject } from "../../shared/inference-log/log-object.ts";
import { DamagedTableError } from "../../shared/inference-log/table/parquet.ts";
import { endedTotalsKey } from "../../shared/inference-log/totals/service-totals.ts";
import { sessionTotalsPrefix } from "../../shared/inference-log/totals/session-totals.ts";
import type { BackedUpObject } from "./manifest.ts";
import { forEachAtOnce, type ObjectPlace, transferTimeoutMs } from "./objects.ts";

/**
 * Writes objects back. Objects in the bucket under other keys stay. In the bucket of the inference log so does what changes under
 * its key (access keys, totals, states, the drift reference): what is there is newer.
 */
export async function putObjects(
  place: ObjectPlace,
  objects: readonly BackedUpObject[],
  folder: string,
): Promise<void> {
  if (place.owner === "inference-log") return putLogBucket(place, objects, folder);
  await forEachAtOnce(objects, (object) => putObject(place, object, folder));
}

async function putLogBucket(
  place: ObjectPlace,
  objects: readonly BackedUpObject[],
  folder: string,
): Promise<void> {
  const { store, bucket, prefix } = place;
  // Sessions that ended since are in the totals, and have no object of their own any more.
  const hasTotals = (await store.getObject(bucket, endedTotalsKey(prefix))) !== undefined;
  const kinds = Object.groupBy(objects, ({ key }) => kindOf(key));
  await forEachAtOnce(kinds.once ?? [], (object) => putObject(place, object, folder));
  await putRecords(place, kinds.records ?? [], folder);
  const changing = [...(kinds.changing ?? []), ...(hasTotals ? [] : (kinds.session ?? []))];
  await forEachAtOnce(changing, (object) => putObject(place, object, folder, { ifAbsent: true }));
}

function kindOf(key: string): "records" | "once" | "session" | "journal" | "changing" {
  const logObject = parseLogKey(key);
  if (logObject !== undefined) return logObject.compacted ? "once" : "records";
  if (parseSummaryKey(key) !== undefined) return "once";
  if (key.startsWith(sessionTotalsPrefix(""))) return "session";
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
  await store.putObject(bucket, `${prefix}${key}`, await readFile(path.join(folder, sha256)), {
    timeoutMs: transferTimeoutMs,
    ...(content_type !== undefined && { contentType: content_type }),
    ...condition,
  });
}
