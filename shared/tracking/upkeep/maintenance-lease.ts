import * as z from "zod";
import { parseJson } from "../../aws/parse-json.ts";
import type { StoreLocation } from "../../aws/store-location.ts";

const leaseSchema = z.object({ owner: z.string(), expires_ms: z.number() });

export interface LeaseOptions {
  owner: string;
  nowMs: number;
  /** After this time a lease ends by itself: a process that was killed does not give it back. */
  durationMs: number;
}

/**
 * Takes the lease of the log's maintenance by a conditional write, so that one job runs at a time.
 *
 * @returns a function that gives it back, or undefined when another job holds it
 * @throws StorageError when S3 cannot be reached
 */
export async function takeMaintenanceLease(
  { store, bucket, prefix }: StoreLocation,
  { owner, nowMs, durationMs }: LeaseOptions,
): Promise<(() => Promise<void>) | undefined> {
  const key = `${prefix}inference-log-maintenance.json`;
  const write = (expiresMs: number, condition: { ifAbsent: true } | { ifMatch: string }) =>
    store.putObject(bucket, key, JSON.stringify({ owner, expires_ms: expiresMs }), {
      contentType: "application/json",
      ...condition,
    });

  const held = await store.getObject(bucket, key);
  if (held !== undefined && parseExpiry(held.bytes) > nowMs) return undefined;
  const condition = held === undefined ? ({ ifAbsent: true } as const) : { ifMatch: held.etag };
  const etag = await write(nowMs + durationMs, condition);
  if (etag === undefined) return undefined;
  return async () => {
    await write(0, { ifMatch: etag });
  };
}

/** A lease that cannot be read counts as expired. */
function parseExpiry(bytes: Uint8Array): number {
  try {
    return leaseSchema.parse(parseJson(bytes)).expires_ms;
  } catch {
    return 0;
  }
}
