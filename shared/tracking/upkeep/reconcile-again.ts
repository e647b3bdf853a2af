import * as z from "zod";
import { parseJson } from "../../aws/parse-json.ts";
import type { StoreLocation } from "../../aws/store-location.ts";
import { parseLogKey, startOfHour, tableDayPrefix, tablePrefix } from "../../inference-log/log-keys.ts";
import { readLogObject } from "../../inference-log/log-object.ts";
import { DamagedTableError } from "../../inference-log/table/parquet.ts";
import { dayLengthMs } from "../../time/durations.ts";
import { type ReconciliationOptions, reconcileObjects } from "./reconcile-objects.ts";

/** `inference-log/reconcile.json` says that MLflow was set back, and may lack what happened since. */
const requestSchema = z.object({ since: z.iso.datetime() });

export const reconcileRequestKey = (prefix: string) => `${prefix}inference-log/reconcile.json`;

/**
 * Lets the maintenance compare MLflow with the log's table since a moment, or since an earlier one that was asked for before.
 *
 * @throws StorageError when S3 cannot be used
 */
export async function requestReconciliation(location: StoreLocation, sinceMs: number): Promise<void> {
  const earlier = parseRequest(await readRequest(location));
  await writeRequest(location, Math.min(sinceMs, earlier ?? sinceMs));
}

export interface RepeatedReconciliationOptions extends ReconciliationOptions {
  location: StoreLocation;
}

/**
 * Sends to MLflow what it lacks of the table since the moment that was asked for, oldest hour first. Objects outside the
 * table are always reconciled.
 *
 * @returns whether the time was enough
 * @throws StorageError when S3 cannot be used; MlflowError or RunGoneError when MLflow fails
 */
export async function reconcileAgain(options: RepeatedReconciliationOptions): Promise<boolean> {
  const { location, reconciler, log } = options;
  const { store, bucket, prefix } = location;
  const request = reconciler && (await readRequest(location));
  if (request === undefined) return true;
  const sinceMs = parseRequest(request);
  if (sinceMs === undefined) {
    log.warn('Expected {"since": "2026-11-28T12:00:00Z"} but received something else', {
      key: reconcileRequestKey(prefix),
    });
    return true;
  }
  // A day earlier: SeaweedFS leaves out the whole folder that a listing is to start after.
  const startAfter = tableDayPrefix(prefix, sinceMs - dayLengthMs);
  for await (const { key } of store.listObjects(bucket, { prefix: tablePrefix(prefix), startAfter })) {
    const { hourMs } = parseLogKey(key) ?? {};
    if (hourMs === undefined || hourMs < startOfHour(sinceMs)) continue;
    const lines = await readLogObject(location, key).catch((error: unknown) => {
      if (error instanceof DamagedTableError) return undefined;
      throw error;
    });
    const contents = lines ? [{ key, lines }] : [];
    // Totals were counted when the hour was compacted.
    const reconciled = await reconcileObjects(contents, { ...options, newestTotals: new Map() });
    if (reconciled.length < contents.length) {
      await writeRequest(location, hourMs);
      return false;
    }
  }
  await store.deleteObjects(bucket, [reconcileRequestKey(prefix)]);
  return true;
}

async function readRequest({ store, bucket, prefix }: StoreLocation): Promise<Uint8Array | undefined> {
  return (await store.getObject(bucket, reconcileRequestKey(prefix)))?.bytes;
}

/** Undefined when there is none that can be read. */
function parseRequest(bytes: Uint8Array | undefined): number | undefined {
  try {
    return bytes && Date.parse(requestSchema.parse(parseJson(bytes)).since);
  } catch {
    return undefined;
  }
}

async function writeRequest({ store, bucket, prefix }: StoreLocation, sinceMs: number): Promise<void> {
  const request = JSON.stringify({ since: new Date(sinceMs).toISOString() });
  await store.putObject(bucket, reconcileRequestKey(prefix), request, { contentType: "application/json" });
}
