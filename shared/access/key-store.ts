import * as z from "zod";
import { parseJson } from "../aws/parse-json.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { ServiceError } from "../errors/service-error.ts";
import { type StoredKey, storedKeySchema } from "./api-key.ts";

const keyFileSchema = z.object({ keys: z.array(storedKeySchema) });
const maximumAttempts = 5;
const timeoutMs = 2_000;

/** Key in S3 of the object with the hashes of the callers' keys. */
export const keyFile = (prefix: string): string => `${prefix}access/keys.json`;

/**
 * The keys of a deployment; an empty list when nobody has created any.
 *
 * @throws StorageError when S3 cannot be read; ServiceError when the object does not hold keys
 */
export async function readKeys(location: StoreLocation): Promise<StoredKey[]> {
  return (await readFile(location)).keys;
}

/**
 * Replaces the keys by what `change` makes of them. Of two changes at once, the later is applied to the result of the
 * earlier.
 *
 * @param change may be called several times
 * @throws StorageError when S3 fails; ServiceError when others keep changing the keys
 */
export async function changeKeys(
  location: StoreLocation,
  change: (keys: StoredKey[]) => StoredKey[],
): Promise<void> {
  const { store, bucket, prefix } = location;
  for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
    const { keys, etag } = await readFile(location);
    const body = `${JSON.stringify({ keys: change(keys) }, null, 2)}\n`;
    const condition = etag === undefined ? { ifAbsent: true } : { ifMatch: etag };
    const options = { contentType: "application/json", timeoutMs, ...condition };
    if ((await store.putObject(bucket, keyFile(prefix), body, options)) !== undefined) return;
  }
  throw new ServiceError("keys_conflict", "Somebody else is changing the keys at the same time; try again.");
}

/** @throws Error when the bytes do not hold keys */
export const parseKeyFile = (bytes: Uint8Array): StoredKey[] => keyFileSchema.parse(parseJson(bytes)).keys;

async function readFile({ store, bucket, prefix }: StoreLocation) {
  const object = await store.getObject(bucket, keyFile(prefix), { timeoutMs });
  if (object === undefined) return { keys: [], etag: undefined };
  try {
    return { keys: parseKeyFile(object.bytes), etag: object.etag };
  } catch (cause) {
    const name = `s3://${bucket}/${keyFile(prefix)}`;
    throw new ServiceError("keys_unreadable", `Expected ${name} to hold keys but it does not`, { cause });
  }
}
