import { createHash } from "node:crypto";
import type { StoreLocation } from "../aws/store-location.ts";
import { summariseRecords } from "../drift/summary/hour-summary.ts";
import { createSummaryKey, createTableKey, startOfHour, tableHourPrefix } from "./log-keys.ts";
import type { LogLine } from "./log-lines.ts";
import { DamagedTableError, parseRecordIds, renderParquet } from "./table/parquet.ts";

const writeTimeoutMs = 60_000;
/** Rows of one file: as many as a function can hold in memory. */
const maximumRows = 25_000;

export interface ObjectLines {
  key: string;
  lines: LogLine[];
}

/**
 * Writes objects of the log as Parquet, one file for each hour and 25,000 records, each with the summary that drift is
 * judged by, and health checks in files of their own, without a summary; then deletes the objects. Records that are in
 * the table already are left out: whoever wrote them got no answer and wrote them again, after they had been compacted. A
 * crash in between leaves records twice and loses none; readers take each record once. The same objects give the same
 * files, so doing it again overwrites them. Lines that are not records are kept as they are, in the folder of `hourMs`.
 *
 * @returns the keys of the Parquet files
 * @throws StorageError when S3 refuses a write or the deletion
 */
export async function compactObjects(
  location: StoreLocation,
  hourMs: number,
  objects: readonly ObjectLines[],
): Promise<string[]> {
  const keys = objects.map((object) => object.key);
  const name = nameCompaction(keys);
  const lines = mergeLines(objects.flatMap((object) => object.lines));
  const byHour = Map.groupBy(lines, ({ record }) => (record ? startOfHour(record.timestamp_ms) : hourMs));
  const written: string[] = [];
  for (const [ofHourMs, ofHour] of byHour) {
    const fresh = await leaveOutKept(location, ofHourMs, ofHour, name);
    const ofKind = Map.groupBy(fresh, ({ record }) => record?.kind === "health_check");
    for (const [isHealthOnly, rows] of ofKind) {
      for (let start = 0; start < rows.length; start += maximumRows) {
        const part = { hourMs: ofHourMs, hash: `${name}${start / maximumRows}`, isHealthOnly };
        written.push(await writePart(location, part, rows.slice(start, start + maximumRows)));
      }
    }
  }
  await location.store.deleteObjects(location.bucket, keys);
  return written;
}

/** What the names of all files and summaries contain that these objects are compacted to. */
export const nameCompaction = (keys: readonly string[]): string =>
  createHash("sha256").update(keys.toSorted().join("\n")).digest("hex").slice(0, 32);

/** Lines whose records no file of an hour's table has, other than those of the compaction itself. */
async function leaveOutKept(
  { store, bucket, prefix }: StoreLocation,
  hourMs: number,
  lines: readonly LogLine[],
  compaction: string,
): Promise<LogLine[]> {
  const fresh = new Map(lines.map((line) => [line.record?.record_id ?? Symbol(), line]));
  for await (const { key } of store.listObjects(bucket, { prefix: tableHourPrefix(prefix, hourMs) })) {
    const file = key.includes(compaction) ? undefined : await store.getObject(bucket, key);
    if (file !== undefined)
      for (const id of await parseRecordIds(file.bytes).catch(noneIfDamaged)) fresh.delete(id);
  }
  return [...fresh.values()];
}

function noneIfDamaged(error: unknown): string[] {
  if (error instanceof DamagedTableError) return [];
  throw error;
}

async function writePart(
  { store, bucket, prefix }: StoreLocation,
  part: { hourMs: number; hash: string; isHealthOnly: boolean },
  lines: readonly LogLine[],
): Promise<string> {
  const records = lines.flatMap(({ record }) => record ?? []);
  const object = {
    ...part,
    newestMs: records.reduce((newest, { timestamp_ms }) => Math.max(newest, timestamp_ms), part.hourMs),
    predictions: records.filter(({ kind }) => kind === "prediction").length,
  };
  const key = createTableKey(prefix, object);
  if (!part.isHealthOnly) {
    const summary = JSON.stringify(summariseRecords(records));
    await store.putObject(bucket, createSummaryKey(prefix, object), summary, {
      contentType: "application/json",
      timeoutMs: writeTimeoutMs,
    });
  }
  await store.putObject(bucket, key, renderParquet(lines), {
    contentType: "application/vnd.apache.parquet",
    timeoutMs: writeTimeoutMs,
  });
  return key;
}

/** Each record once, oldest first, then the broken lines. */
function mergeLines(lines: readonly LogLine[]): LogLine[] {
  const byId = new Map<string, LogLine & { timeMs: number }>();
  const broken: LogLine[] = [];
  for (const line of lines) {
    if (line.record === undefined) broken.push(line);
    else byId.set(line.record.record_id, { ...line, timeMs: line.record.timestamp_ms });
  }
  return [...[...byId.values()].sort((a, b) => a.timeMs - b.timeMs), ...broken];
}
