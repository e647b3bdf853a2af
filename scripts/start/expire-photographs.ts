import type { ObjectStore } from "../../shared/aws/object-store.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import { photographBucket, uploadBucket } from "../stack/stack-environment.ts";

/** A prefix, and the number of days after which the objects below it are deleted. */
interface Expiry {
  bucket: string;
  prefix: string;
  days: number;
}

/** The rules of the buckets in resources/buckets.yml, which S3 itself applies on AWS. */
export const photographExpiries = (retentionDays: number): Expiry[] => [
  { bucket: photographBucket, prefix: "kept/", days: retentionDays },
  { bucket: photographBucket, prefix: "waiting/", days: 7 },
  { bucket: uploadBucket, prefix: "", days: 1 },
];

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
