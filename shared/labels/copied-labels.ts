import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { LabelRecord } from "../schemas/label.ts";
import { labelKey, predictionPrefix } from "./label-keys.ts";
import { createLabelStore, type Period, parseLabel, selectPeriod } from "./label-store.ts";

const parallelReads = 16;
/** Labels that are read between two writes of the copy: what a job that runs out of time has read is not lost. */
const labelsPerWrite = 5_000;
const transferTimeoutMs = 60_000;

const copyKey = ({ prefix }: StoreLocation) => `${prefix}learning/labels.jsonl`;

/**
 * The current label of each labelled prediction that was made in a period, oldest prediction first, as
 * `LabelStore.readPeriod`, for a job that reads the same period again and again. It keeps a copy of what it has read in
 * one object, so that it reads each label once; a label that was deleted leaves the copy with the next reading.
 *
 * @throws StorageError when S3 fails
 */
export async function readCopiedLabels(location: StoreLocation, period: Period): Promise<LabelRecord[]> {
  const labels = createLabelStore(location);
  const [keys, copy] = await Promise.all([labels.listPeriod(period), readCopy(location)]);
  const known = new Map<string, LabelRecord>();
  const missing: string[] = [];
  for (const key of keys) {
    const record = copy.get(key);
    if (record === undefined) missing.push(key);
    else known.set(key, record);
  }
  let isCopied = known.size === copy.size;
  for (let start = 0; start < missing.length; start += labelsPerWrite) {
    const part = missing.slice(start, start + labelsPerWrite);
    const records = await mapInParallel(part, parallelReads, (key) => labels.read(key));
    for (const [index, record] of records.entries())
      if (record !== undefined) known.set(part[index] ?? "", record);
    if (records.every((record) => record === undefined)) continue;
    await writeCopy(location, known.values());
    isCopied = true;
  }
  if (!isCopied) await writeCopy(location, known.values());
  return selectPeriod(
    keys.flatMap((key) => known.get(key) ?? []),
    period,
  );
}

/** Labels by their keys. Lines that are no labels are left out, so what they held is read again. */
async function readCopy(location: StoreLocation): Promise<Map<string, LabelRecord>> {
  const { store, bucket, prefix } = location;
  const object = await store.getObject(bucket, copyKey(location), { timeoutMs: transferTimeoutMs });
  const copy = new Map<string, LabelRecord>();
  for (const line of object === undefined ? [] : new TextDecoder().decode(object.bytes).split("\n")) {
    const record = parseLabel(line);
    const ofPrediction = record && predictionPrefix(prefix, record.prediction_id);
    if (record && ofPrediction) copy.set(labelKey(ofPrediction, record.revision), record);
  }
  return copy;
}

async function writeCopy(location: StoreLocation, records: Iterable<LabelRecord>): Promise<void> {
  const body = [...records].map((record) => `${JSON.stringify(record)}\n`).join("");
  await location.store.putObject(location.bucket, copyKey(location), body, {
    contentType: "application/x-ndjson",
    timeoutMs: transferTimeoutMs,
  });
}
