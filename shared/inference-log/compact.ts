import { createHash } from "node:crypto";
import type { StoreLocation } from "../aws/store-location.ts";
import { createCompactedKey } from "./log-keys.ts";
import type { LogLine } from "./log-lines.ts";

export interface ObjectLines {
  key: string;
  lines: LogLine[];
}

/**
 * Writes objects of one hour as one, then deletes them. A crash in between leaves records twice, never none: readers
 * take each record once. Lines that are no record are kept as they stand.
 *
 * @returns the new object's key
 * @throws StorageError when S3 refuses the write or the deletion
 */
export async function compactObjects(
  { store, bucket, prefix }: StoreLocation,
  hourMs: number,
  objects: readonly ObjectLines[],
): Promise<string> {
  const lines = mergeLines(objects.flatMap((object) => object.lines));
  const keys = objects.map((object) => object.key).sort();
  const key = createCompactedKey(prefix, {
    hourMs,
    // The same objects give the same key, so that doing it again overwrites instead of adding.
    hash: createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, 32),
    predictions: lines.filter(({ record }) => record?.kind === "prediction").length,
  });
  const body = lines.map(({ text }) => `${text}\n`).join("");
  await store.putObject(bucket, key, body, { contentType: "application/x-ndjson", timeoutMs: 60_000 });
  await store.deleteObjects(bucket, keys);
  return key;
}

/** Each record once, oldest first, then what is broken. */
function mergeLines(lines: readonly LogLine[]): LogLine[] {
  const byId = new Map<string, LogLine & { timeMs: number }>();
  const broken: LogLine[] = [];
  for (const line of lines) {
    if (line.record === undefined) broken.push(line);
    else byId.set(line.record.record_id, { ...line, timeMs: line.record.timestamp_ms });
  }
  return [...[...byId.values()].sort((a, b) => a.timeMs - b.timeMs), ...broken];
}
