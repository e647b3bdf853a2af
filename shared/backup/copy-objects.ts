import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { ListedObject, ObjectStore } from "../aws/object-store.ts";
import { ServiceError } from "../errors/service-error.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { BackedUpObject, ObjectOwner } from "./manifest.ts";

/** Where the objects of an owner are. */
export interface ObjectPlace {
  owner: ObjectOwner;
  store: ObjectStore;
  bucket: string;
  /** Empty, or ends with /. */
  prefix: string;
}

const concurrentTransfers = 8;
export const transferTimeoutMs = 600_000;
/** Compaction may move records into another object during a backup; another pass then finds them under their new name. */
const maximumPasses = 10;

/**
 * Copies all objects of a place to files named by their SHA-256.
 *
 * @throws ServiceError when objects vanish faster than they can be read
 */
export async function copyObjects(place: ObjectPlace, folder: string): Promise<BackedUpObject[]> {
  const copied = new Map<string, BackedUpObject & { lastModifiedMs: number }>();
  for (let pass = 1; pass <= maximumPasses; pass += 1) {
    const listed: ListedObject[] = [];
    for await (const object of place.store.listObjects(place.bucket, { prefix: place.prefix }))
      listed.push(object);
    const missing = listed.filter(
      ({ key, lastModifiedMs }) =>
        key !== place.prefix && copied.get(key)?.lastModifiedMs !== lastModifiedMs && !key.endsWith("/"),
    );
    let vanished = 0;
    await forEachAtOnce(missing, async ({ key, lastModifiedMs }) => {
      const object = await copyObject(place, key, folder);
      if (object === undefined) vanished += 1;
      else copied.set(key, { ...object, lastModifiedMs });
    });
    if (vanished === 0) return [...copied.values()].map(({ lastModifiedMs: _, ...object }) => object);
  }
  throw new ServiceError(
    "vanishing_objects",
    `Objects of s3://${place.bucket}/${place.prefix} were deleted while they were read, ${maximumPasses} times. Try again when less is going on.`,
  );
}

/** Undefined when the object is gone. */
async function copyObject(
  { owner, store, bucket, prefix }: ObjectPlace,
  key: string,
  folder: string,
): Promise<BackedUpObject | undefined> {
  const object = await store.openObject(bucket, key, { timeoutMs: transferTimeoutMs });
  if (object === undefined) return undefined;
  const unfinished = path.join(folder, `unfinished-${createHash("sha256").update(key).digest("hex")}`);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  object.body.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    sizeBytes += chunk.length;
  });
  await pipeline(object.body, createWriteStream(unfinished, { mode: 0o600 }));
  if (object.sizeBytes !== undefined && object.sizeBytes !== sizeBytes)
    throw new ServiceError(
      "incomplete_object",
      `Expected ${object.sizeBytes} bytes of s3://${bucket}/${key} but received ${sizeBytes}. Try again.`,
    );
  const sha256 = hash.digest("hex");
  await rename(unfinished, path.join(folder, sha256));
  return {
    owner,
    key: key.slice(prefix.length),
    sha256,
    size_bytes: sizeBytes,
    content_type: object.contentType,
  };
}

export async function forEachAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  await mapInParallel(items, concurrentTransfers, work);
}
