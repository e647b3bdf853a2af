import type { StoredKey } from "../access/api-key.ts";
import { changeKeys, readKeys } from "../access/key-store.ts";
import { ownKeyNames } from "../access/own-keys.ts";
import type { StoreLocation } from "../aws/store-location.ts";

const isOfCaller = ({ name }: StoredKey): boolean => !ownKeyNames.includes(name);

/**
 * Adds the callers' keys of a backup where no caller has a key: commands write keys of their own into the bucket before anybody
 * restores. Otherwise a key that is missing was revoked, and stays so.
 *
 * @returns the backup's keys that could still be valid and were not restored
 * @throws StorageError when S3 fails; ServiceError when the object in the bucket does not hold keys
 */
export async function putKeys(location: StoreLocation, backedUp: readonly StoredKey[]): Promise<StoredKey[]> {
  const ofCallers = backedUp.filter(isOfCaller);
  const present = await readKeys(location);
  const missing = ofCallers.filter(({ id }) => present.every((key) => key.id !== id));
  if (present.some(isOfCaller)) return missing.filter(({ expires_at: end }) => Date.parse(end) > Date.now());
  await changeKeys(location, (keys) => [...keys, ...ofCallers]);
  return [];
}
