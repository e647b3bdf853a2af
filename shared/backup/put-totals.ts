import type { StoreLocation } from "../aws/store-location.ts";
import { ServiceError } from "../errors/service-error.ts";
import {
  addGrowth,
  addSessions,
  type EndedTotals,
  endedTotalsKey,
  noRequests,
  readEndedTotals,
} from "../inference-log/totals/service-totals.ts";
import { countRequests } from "../inference-log/totals/session-totals.ts";

const maximumAttempts = 5;

/** Whether the totals in the bucket began anew since a backup: they only grow. */
export async function areTotalsLost(
  location: StoreLocation,
  backedUp: EndedTotals | undefined,
): Promise<boolean> {
  const { ended, etag } = await readEndedTotals(location);
  if (etag === undefined) return true;
  return backedUp !== undefined && countRequests(ended.totals) < countRequests(backedUp.totals);
}

/**
 * Replaces totals that began anew by those of a backup and what was counted since.
 *
 * @throws StorageError when S3 fails; ServiceError when others keep changing the totals
 */
export async function putTotals(location: StoreLocation, backedUp: EndedTotals): Promise<void> {
  const { store, bucket, prefix } = location;
  for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
    const { ended, etag } = await readEndedTotals(location);
    const sessions = Object.entries(ended.sessions);
    const remembered = sessions.reduce((sum, [, session]) => addGrowth(sum, session, noRequests), noRequests);
    // Sessions are forgotten after a month, but stay in the totals.
    const totals = addGrowth(backedUp.totals, ended.totals, remembered);
    const body = JSON.stringify(addSessions({ ...backedUp, totals }, sessions));
    const condition = etag === undefined ? { ifAbsent: true } : { ifMatch: etag };
    const options = { contentType: "application/json", ...condition };
    if ((await store.putObject(bucket, endedTotalsKey(prefix), body, options)) !== undefined) return;
  }
  throw new ServiceError(
    "totals_keep_changing",
    "Something else keeps changing the totals of requests. Restore again.",
  );
}
