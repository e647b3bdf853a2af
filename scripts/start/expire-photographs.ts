import type { ObjectStore } from "../../shared/aws/object-store.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { photographSettings } from "../../shared/settings/photographs.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { storedUploadSettings } from "../../shared/settings/stored-uploads.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import { runSchedule } from "../stack/processes/run-schedule.ts";

/** A prefix, and the number of days after which the objects below it are deleted. */
interface Expiry {
  bucket: string;
  prefix: string;
  days: number;
}

/** The rules of the buckets in resources/buckets.yml, which S3 itself applies on AWS. */
export const photographExpiries = (
  retentionDays: number,
  { photographs, uploads }: { photographs: string | undefined; uploads: string | undefined },
): Expiry[] =>
  [
    { bucket: photographs, prefix: "kept/", days: retentionDays },
    { bucket: photographs, prefix: "waiting/", days: 7 },
    { bucket: uploads, prefix: "", days: 1 },
  ].filter((expiry): expiry is Expiry => expiry.bucket !== undefined);

/**
 * Deletes what has expired in the buckets that the environment names, now and once per day, because a local S3 server has no
 * lifecycle rules. Resolves after the signal.
 *
 * @throws SettingsError naming every bad setting
 */
export async function runExpiry(retentionDays: number, signal: AbortSignal): Promise<void> {
  const { storage, photographs, uploads } = loadSettings({
    storage: storageSettings,
    photographs: photographSettings,
    uploads: storedUploadSettings,
  });
  const { store } = openStorage(storage);
  const buckets = { photographs: photographs.bucket, uploads: uploads.bucket };
  await runSchedule({
    everyHours: 24,
    work: async () => {
      const deleted = await expireObjects(store, photographExpiries(retentionDays, buckets), Date.now());
      if (deleted > 0) console.log(`Expired photographs deleted: ${deleted}`);
    },
    onFailure: (error) =>
      console.error(
        `Expired photographs could not be deleted: ${error instanceof Error ? error.message : error}`,
      ),
    signal,
  });
}

/**
 * Deletes what has expired.
 *
 * @returns how many objects were deleted
 * @throws StorageError when S3 cannot be used
 */
export async function expireObjects(
  store: Pick<ObjectStore, "listObjects" | "deleteObjects">,
  expiries: readonly Expiry[],
  nowMs: number,
): Promise<number> {
  let deleted = 0;
  for (const { bucket, prefix, days } of expiries) {
    const expired: string[] = [];
    for await (const { key, lastModifiedMs } of store.listObjects(bucket, { prefix })) {
      if (lastModifiedMs < nowMs - days * dayLengthMs) expired.push(key);
    }
    await store.deleteObjects(bucket, expired);
    deleted += expired.length;
  }
  return deleted;
}
