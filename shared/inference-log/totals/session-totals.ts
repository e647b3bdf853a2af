import * as z from "zod";
import { parseJson } from "../../aws/parse-json.ts";
import type { StoreLocation } from "../../aws/store-location.ts";
import { mapInParallel } from "../../resilience/in-parallel.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";

const count = z.int().nonnegative();
export const requestTotalsSchema = z.object({ predictions: count, errors: count, health_checks: count });
/** Requests to one session, or to all. Each figure only grows. */
export type RequestTotals = z.infer<typeof requestTotalsSchema>;

const sessionTotalsObjectSchema = requestTotalsSchema.extend({
  /** Time of the newest record that is counted, milliseconds since 1970. */
  at_ms: count,
});
/**
 * What a session writes to `inference-log/sessions/<session id>.json` from time to time, so that nobody must count its
 * records.
 */
export type SessionTotalsObject = z.infer<typeof sessionTotalsObjectSchema>;

const maximumParallelReads = 16;

export const sessionTotalsPrefix = (prefix: string) => `${prefix}inference-log/sessions/`;
export const sessionTotalsKey = (prefix: string, sessionId: string) =>
  `${sessionTotalsPrefix(prefix)}${sessionId}.json`;

export function totalsOf(
  record: Pick<InferenceLogRecord, "session_totals" | "timestamp_ms">,
): SessionTotalsObject {
  const { predictions, errors, health_checks } = record.session_totals;
  return { predictions, errors, health_checks, at_ms: record.timestamp_ms };
}

/** The newest totals of each session among records, by its id. */
export function newestTotals(records: readonly InferenceLogRecord[]): Map<string, SessionTotalsObject> {
  const newest = new Map<string, SessionTotalsObject>();
  for (const record of records) {
    const { session_id: id } = record;
    newest.set(id, largest(newest.get(id), totalsOf(record)));
  }
  return newest;
}

export function largest<T extends RequestTotals>(first: T | undefined, second: T): T {
  return first === undefined || countRequests(first) < countRequests(second) ? second : first;
}

/** Requests of every kind. */
export const countRequests = ({ predictions, errors, health_checks }: RequestTotals): number =>
  predictions + errors + health_checks;

export interface StoredSessionTotals {
  sessionId: string;
  totals: SessionTotalsObject;
  etag: string;
}

/** @throws StorageError when S3 cannot be read */
export async function readSessionTotals(
  { store, bucket, prefix }: StoreLocation,
  sessionId: string,
): Promise<StoredSessionTotals | undefined> {
  const object = await store.getObject(bucket, sessionTotalsKey(prefix, sessionId));
  if (object === undefined) return undefined;
  const totals = sessionTotalsObjectSchema.parse(parseJson(object.bytes));
  return { sessionId, totals, etag: object.etag };
}

/** @throws StorageError when S3 cannot be read */
export async function readAllSessionTotals(location: StoreLocation): Promise<StoredSessionTotals[]> {
  const { store, bucket, prefix } = location;
  const ids: string[] = [];
  const folder = sessionTotalsPrefix(prefix);
  for await (const { key } of store.listObjects(bucket, { prefix: folder }))
    ids.push(key.slice(folder.length).replace(/\.json$/, ""));
  const all = await mapInParallel(ids, maximumParallelReads, (id) => readSessionTotals(location, id));
  return all.filter((stored) => stored !== undefined);
}
