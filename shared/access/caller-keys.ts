import type { StoreLocation } from "../aws/store-location.ts";
import { ServiceError } from "../errors/service-error.ts";
import { dayLengthMs } from "../time/durations.ts";
import { createKey, revokedAt, type StoredKey } from "./api-key.ts";
import { changeKeys, readKeys } from "./key-store.ts";

/** How long a replaced key is still accepted. */
const overlapDays = 7;
const defaultDays = 90;

/** The key that a caller is to get. */
export interface KeyOrder {
  name: string;
  /** How long it is valid; for a caller's first key 90 days by default. */
  days?: number | undefined;
  requestsPerSecond?: number | undefined;
}

/** A new key, which cannot be shown again, and what is kept of it. */
export type AddedKey = ReturnType<typeof createKey>;

/**
 * Adds a key, and removes those that are over, whoever's they are.
 *
 * @throws StorageError when S3 fails; ServiceError when others keep changing the keys
 */
export const addKey = (location: StoreLocation, order: KeyOrder): Promise<AddedKey> =>
  add(location, order, (keys) => keys);

/**
 * Adds a key in place of all that the caller has, which are accepted for a week more. It lasts as long as the newest of them and
 * has its rate, unless the order says otherwise.
 *
 * @throws StorageError when S3 fails; ServiceError when the name has no key, or others keep changing the keys
 */
export async function rotateKey(location: StoreLocation, order: KeyOrder): Promise<AddedKey> {
  const { name } = order;
  const keys = await readKeys(location);
  const newest = keys.findLast((key) => key.name === name && isNotOver(key));
  if (newest === undefined) throw unknownName(name);
  const lifetimeMs = Date.parse(newest.expires_at) - Date.parse(newest.created_at);
  const { days = lifetimeMs / dayLengthMs, requestsPerSecond = newest.requests_per_second } = order;
  return add(location, { name, days, requestsPerSecond }, (current) => endSoon(current, name));
}

/**
 * Revokes every key of a name.
 *
 * @returns the ids of the keys
 * @throws StorageError when S3 fails; ServiceError when the name has no key, or others keep changing the keys
 */
export async function revokeKeys(location: StoreLocation, name: string): Promise<string[]> {
  let revoked: string[] = [];
  await changeKeys(location, (keys) => {
    revoked = keys.filter((key) => key.name === name && isNotRevoked(key)).map(({ id }) => id);
    if (revoked.length === 0) throw unknownName(name);
    return keys.map((key) => (key.name === name ? { ...key, expires_at: revokedAt } : key));
  });
  return revoked;
}

export const isNotRevoked = ({ expires_at: end }: StoredKey): boolean => end !== revokedAt;
export const isNotOver = ({ expires_at: end }: StoredKey): boolean => Date.parse(end) > Date.now();

async function add(
  location: StoreLocation,
  { name, days = defaultDays, requestsPerSecond }: KeyOrder,
  before: (keys: StoredKey[]) => StoredKey[],
): Promise<AddedKey> {
  const nowMs = Date.now();
  const key = createKey({ name, nowMs, expiresAtMs: nowMs + days * dayLengthMs, requestsPerSecond });
  await changeKeys(location, (keys) => [...before(keys).filter(isNotOver), key.stored]);
  return key;
}

/** Limits every key of the name to one more week. */
function endSoon(keys: StoredKey[], name: string): StoredKey[] {
  const end = new Date(Date.now() + overlapDays * dayLengthMs).toISOString();
  return keys.map((key) =>
    key.name === name && Date.parse(key.expires_at) > Date.parse(end) ? { ...key, expires_at: end } : key,
  );
}

const unknownName = (name: string) =>
  new ServiceError(
    "unknown_key_name",
    `Expected a name that has a key but received ${name}: npm run keys -- list shows the names.`,
  );
