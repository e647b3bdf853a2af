import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoreLocation } from "../../aws/store-location.ts";
import { countOf } from "../../report/format.ts";
import { mapInParallel } from "../../resilience/in-parallel.ts";
import { parseLogKey, startOfHour } from "../log-keys.ts";
import type { LogLine } from "../log-lines.ts";
import { readLogObject } from "../log-object.ts";
import { readListedObject, untilUndisturbed } from "../read-window.ts";
import { walkLogBackwards } from "../walk-log.ts";
import { renderParquet } from "./parquet.ts";

const maximumParallelReads = 16;
const maximumRows = 25_000;

/**
 * Copies a part of the log into a folder as Parquet files, `date=.../hour=.../*.parquet`. Compacted files are copied as they
 * are; other records are written with the same columns. What is compacted meanwhile may be in two files.
 *
 * @returns how many objects were read
 * @throws StorageError when S3 cannot be read
 */
export function collectTable(
  location: StoreLocation,
  folder: string,
  period: { sinceMs: number; fromMs: number },
  say: (text: string) => void = () => {},
): Promise<number> {
  return untilUndisturbed(() => collectOnce(location, folder, period, say));
}

async function collectOnce(
  location: StoreLocation,
  folder: string,
  period: { sinceMs: number; fromMs: number },
  say: (text: string) => void,
): Promise<number> {
  let objects = 0;
  for await (const group of walkLogBackwards(location, period)) {
    const [compacted, others] = [true, false].map((is) => group.filter((object) => object.compacted === is));
    await mapInParallel(compacted ?? [], maximumParallelReads, async ({ key }) => {
      const isTable = key.endsWith(".parquet");
      if (isTable) await copyFile(location, key, folder);
      else await writeLines((await readLogObject(location, key)) ?? [], folder, key);
    });
    for (let start = 0; start < (others ?? []).length; start += maximumRows) {
      const part = others?.slice(start, start + maximumRows) ?? [];
      const lines = await mapInParallel(part, maximumParallelReads, (object) =>
        readListedObject(location, object),
      );
      await writeLines(lines.flat(), folder, part[0]?.key ?? "");
    }
    objects += group.length;
    if (group.length > 0) say(countOf(objects, "object"));
  }
  return objects;
}

async function copyFile({ store, bucket }: StoreLocation, key: string, folder: string): Promise<void> {
  const object = await store.getObject(bucket, key);
  if (object !== undefined)
    await write(join(folder, key.replace(/^.*inference-log\/table\//, "")), object.bytes);
}

/** Writes the lines of one or more hours, one file per hour. */
async function writeLines(lines: readonly LogLine[], folder: string, key: string): Promise<void> {
  const ownHourMs = parseLogKey(key)?.hourMs ?? 0;
  const byHour = Map.groupBy(lines, ({ record }) => (record ? startOfHour(record.timestamp_ms) : ownHourMs));
  for (const [hourMs, ofHour] of byHour) {
    const time = new Date(hourMs).toISOString();
    const name = key.replace(/^.*\//, "").replace(/\.jsonl$/, "");
    const path = join(folder, `date=${time.slice(0, 10)}`, `hour=${time.slice(11, 13)}`, `${name}.parquet`);
    await write(path, renderParquet(ofHour));
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
