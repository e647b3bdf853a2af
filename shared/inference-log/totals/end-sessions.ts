import type { StoreLocation } from "../../aws/store-location.ts";
import { mapInParallel } from "../../resilience/in-parallel.ts";
import { dayLengthMs, hourLengthMs } from "../../time/durations.ts";
import { addSessions, endedTotalsKey, readEndedTotals, readSeen } from "./service-totals.ts";
import {
  countRequests,
  readAllSessionTotals,
  readSessionTotals,
  type SessionTotalsObject,
  sessionTotalsKey,
} from "./session-totals.ts";

/** No execution environment of Lambda lives so long without an event. */
const silenceMs = 2 * hourLengthMs;
/**
 * A local process may sleep for longer; within this time its count goes on from where it was. Longer than the 30 days
 * that `GET /metrics` and maintenance look back: nobody must find a record of a session that is forgotten.
 */
const rememberedMs = 32 * dayLengthMs;
const maximumParallelWrites = 16;

/**
 * Writes the totals of sessions that could not write them themselves, as their records have them, and moves the totals
 * of sessions that are over into one object. Only the holder of the maintenance lease may call it.
 *
 * @param seen totals of the sessions whose records were read
 * @throws StorageError when S3 cannot be used
 */
export async function endSessions(
  location: StoreLocation,
  seen: ReadonlyMap<string, SessionTotalsObject>,
  nowMs: number,
): Promise<void> {
  await mapInParallel([...seen], maximumParallelWrites, ([id, totals]) => noteSession(location, id, totals));
  const { store, bucket, prefix } = location;
  const over = (await readAllSessionTotals(location)).filter(
    ({ totals }) => totals.at_ms < nowMs - silenceMs,
  );
  if (over.length === 0) return;
  const { ended, etag } = await readEndedTotals(location);
  const next = addSessions(
    ended,
    over.map(({ sessionId, totals }) => [sessionId, totals]),
  );
  // What `GET /metrics` has shown of a session is counted again once nobody knows that it is in the totals.
  const seenNow = (await readSeen(location)).sessions;
  const remembered = Object.entries(next.sessions).filter(
    ([id, { at_ms }]) => at_ms > nowMs - rememberedMs || id in seenNow,
  );
  const body = JSON.stringify({ ...next, sessions: Object.fromEntries(remembered) });
  const condition = etag === undefined ? { ifAbsent: true } : { ifMatch: etag };
  const written = await store.putObject(bucket, endedTotalsKey(prefix), body, {
    contentType: "application/json",
    ...condition,
  });
  // What a session writes between the two calls is counted with its next object.
  if (written !== undefined)
    await store.deleteObjects(
      bucket,
      over.map(({ sessionId }) => sessionTotalsKey(prefix, sessionId)),
    );
}

/** A conditional write: the session itself may be writing. */
async function noteSession(location: StoreLocation, id: string, totals: SessionTotalsObject): Promise<void> {
  const { store, bucket, prefix } = location;
  const stored = await readSessionTotals(location, id);
  if (stored !== undefined && countRequests(stored.totals) >= countRequests(totals)) return;
  await store.putObject(bucket, sessionTotalsKey(prefix, id), JSON.stringify(totals), {
    contentType: "application/json",
    ...(stored === undefined ? { ifAbsent: true } : { ifMatch: stored.etag }),
  });
}
