import * as z from "zod";
import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import { type LabelRecord, labelRecordSchema } from "../schemas/label.ts";
import { parseJsonOrUndefined } from "../schemas/parse-json.ts";
import { labelKey, predictionPrefix } from "./label-keys.ts";
import { createLabelStore, type ListedLabel, type Period, selectPeriod } from "./label-store.ts";

const parallelReads = 16;
/** Labels that are read between two writes of the copy: what a job that runs out of time has read is not lost. */
const labelsPerWrite = 5_000;
const transferTimeoutMs = 60_000;

/** A label whose object was deleted and written anew has the key of before: only the ETag tells them apart. */
const copiedLabelSchema = z.object({ etag: z.string(), record: labelRecordSchema });
type CopiedLabel = z.infer<typeof copiedLabelSchema>;

const copyKey = ({ prefix }: StoreLocation) => `${prefix}learning/labels.jsonl`;

/**
 * The current label of each labelled prediction that was made in a period, oldest prediction first, as
 * `LabelStore.readPeriod`, for a job that reads the same period again and again. It keeps a copy of what it has read in
 * one object, so that it reads each label once. The next reading after a label was deleted, or deleted and given anew,
 * corrects the copy.
 *
 * @throws StorageError when S3 fails
 */
export async function readCopiedLabels(location: StoreLocation, period: Period): Promise<LabelRecord[]> {
  const labels = createLabelStore(location);
  const [listed, copy] = await Promise.all([labels.listPeriod(period), readCopy(location)]);
  const known = new Map<string, CopiedLabel>();
  const missing: ListedLabel[] = [];
  for (const { key, etag } of listed) {
    const copied = copy.get(key);
    if (copied?.etag === etag) known.set(key, copied);
    else missing.push({ key, etag });
  }
  let isCopied = known.size === copy.size;
  for (let start = 0; start < missing.length; start += labelsPerWrite) {
    const part = missing.slice(start, start + labelsPerWrite);
    const knownBefore = known.size;
    await mapInParallel(part, parallelReads, async ({ key, etag }) => {
      const record = await labels.read(key);
      if (record !== undefined) known.set(key, { etag, record });
    });
    if (known.size === knownBefore) continue;
    await writeCopy(location, known.values());
    isCopied = true;
  }
  if (!isCopied) await writeCopy(location, known.values());
  return selectPeriod(
    listed.flatMap(({ key }) => known.get(key)?.record ?? []),
    period,
  );
}

/** Labels by their keys. Lines that are not labels are left out, so what they held is read again. */
async function readCopy(location: StoreLocation): Promise<Map<string, CopiedLabel>> {
  const { store, bucket, prefix } = location;
  const object = await store.getObject(bucket, copyKey(location), { timeoutMs: transferTimeoutMs });
  const copy = new Map<string, CopiedLabel>();
  for (const line of object === undefined ? [] : new TextDecoder().decode(object.bytes).split("\n")) {
    const copied = copiedLabelSchema.safeParse(parseJsonOrUndefined(line)).data;
    const ofPrediction = copied && predictionPrefix(prefix, copied.record.prediction_id);
    if (ofPrediction) copy.set(labelKey(ofPrediction, copied.record.revision), copied);
  }
  return copy;
}

async function writeCopy(location: StoreLocation, copied: Iterable<CopiedLabel>): Promise<void> {
  const body = [...copied].map((label) => `${JSON.stringify(label)}\n`).join("");
  await location.store.putObject(location.bucket, copyKey(location), body, {
    contentType: "application/x-ndjson",
    timeoutMs: transferTimeoutMs,
  });
}
