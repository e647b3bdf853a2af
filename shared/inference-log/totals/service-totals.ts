import * as z from "zod";
import { parseJson } from "../../aws/parse-json.ts";
import type { StoreLocation } from "../../aws/store-location.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import {
  countRequests,
  largest,
  newestTotals,
  type RequestTotals,
  readAllSessionTotals,
  requestTotalsSchema,
  type SessionTotalsObject,
} from "./session-totals.ts";

const sessionsSchema = z.record(z.string(), requestTotalsSchema);

/** Totals of sessions that are over, in `inference-log/totals.json`. */
export const endedTotalsSchema = z.object({
  totals: requestTotalsSchema,
  /** What of each session is in the totals, so that a session that was only silent is counted on from there. */
  sessions: z.record(z.string(), requestTotalsSchema.extend({ at_ms: z.int().nonnegative() })),
});
export type EndedTotals = z.infer<typeof endedTotalsSchema>;

export const noRequests: RequestTotals = { predictions: 0, errors: 0, health_checks: 0 };
const maximumAttempts = 5;
const json = { contentType: "application/json" } as const;

export const endedTotalsKey = (prefix: string) => `${prefix}inference-log/totals.json`;
export const seenTotalsKey = (prefix: string) => `${prefix}inference-log/totals-seen.json`;

/** @throws ZodError when the bytes hold something else */
export const parseEndedTotals = (bytes: Uint8Array): EndedTotals => endedTotalsSchema.parse(parseJson(bytes));

/** @throws StorageError when S3 cannot be read */
export async function readEndedTotals({ store, bucket, prefix }: StoreLocation) {
  const object = await store.getObject(bucket, endedTotalsKey(prefix));
  const ended: EndedTotals =
    object === undefined ? { totals: noRequests, sessions: {} } : parseEndedTotals(object.bytes);
  return { ended, etag: object?.etag };
}

/**
 * Requests to the whole service since its log began. The totals never go down: of each session the largest counts of
 * what it has written itself, what its newest record among `recent` says, and what an earlier call has shown. The cost
 * is one read for each session of the last hours, however many records it wrote.
 *
 * @param recent the newest records, as many as are at hand
 * @throws StorageError when S3 cannot be used; Error when other environments keep changing the totals
 */
export async function computeServiceTotals(
  location: StoreLocation,
  recent: readonly InferenceLogRecord[],
): Promise<RequestTotals> {
  for (let attempt = 1; ; attempt += 1) {
    const seen = await readSeen(location);
    const stored = await readAllSessionTotals(location);
    // Read after the sessions: one that ended meanwhile is in here too, so that it is not counted twice.
    const { ended } = await readEndedTotals(location);

    const told = new Map<string, RequestTotals>(stored.map(({ sessionId, totals }) => [sessionId, totals]));
    const sessions = new Map(told);
    for (const [id, totals] of [...Object.entries(seen.sessions), ...newestTotals(recent)])
      sessions.set(id, largest(sessions.get(id), totals));

    const ahead = [...sessions].filter(
      ([id, totals]) =>
        countRequests(totals) > countRequests(largest(told.get(id), ended.sessions[id] ?? noRequests)),
    );
    if (await keepSeen(location, seen, new Map(ahead))) {
      return [...sessions].reduce(
        (total, [id, totals]) => addGrowth(total, totals, ended.sessions[id] ?? noRequests),
        ended.totals,
      );
    }
    if (attempt === maximumAttempts) throw new Error("Other environments changed the totals again and again");
  }
}

/** The totals with more sessions that are over: of each what is not counted yet. */
export const addSessions = (
  ended: EndedTotals,
  over: readonly (readonly [id: string, totals: SessionTotalsObject])[],
): EndedTotals =>
  over.reduce<EndedTotals>(
    ({ totals, sessions }, [id, session]) => ({
      totals: addGrowth(totals, session, sessions[id] ?? noRequests),
      // The records of a backlog may say less than what is counted.
      sessions: { ...sessions, [id]: largest(sessions[id], session) },
    }),
    ended,
  );

/** A total, with what a session has done beyond what is `counted` of it already. */
export function addGrowth(
  total: RequestTotals,
  session: RequestTotals,
  counted: RequestTotals,
): RequestTotals {
  const grown = (name: keyof RequestTotals) => total[name] + Math.max(session[name] - counted[name], 0);
  return {
    predictions: grown("predictions"),
    errors: grown("errors"),
    health_checks: grown("health_checks"),
  };
}

/**
 * What earlier calls have shown beyond what the sessions wrote themselves. It stays until a call has more to show.
 *
 * @throws StorageError when S3 cannot be read
 */
export async function readSeen({ store, bucket, prefix }: StoreLocation) {
  const object = await store.getObject(bucket, seenTotalsKey(prefix));
  const sessions = object === undefined ? {} : sessionsSchema.parse(parseJson(object.bytes));
  return { sessions, etag: object?.etag };
}

/** Keeps what is shown beyond what the sessions wrote themselves; false when another call has changed it meanwhile. */
async function keepSeen(
  { store, bucket, prefix }: StoreLocation,
  seen: Awaited<ReturnType<typeof readSeen>>,
  ahead: ReadonlyMap<string, RequestTotals>,
): Promise<boolean> {
  const isNew = [...ahead].some(
    ([id, totals]) => countRequests(totals) > countRequests(seen.sessions[id] ?? noRequests),
  );
  if (!isNew) return true;
  const sessions = Object.fromEntries(
    [...ahead].map(([id, { predictions, errors, health_checks }]) => [
      id,
      { predictions, errors, health_checks },
    ]),
  );
  const condition = seen.etag === undefined ? { ifAbsent: true } : { ifMatch: seen.etag };
  const body = JSON.stringify(sessions);
  return (
    (await store.putObject(bucket, seenTotalsKey(prefix), body, { ...json, ...condition })) !== undefined
  );
}
