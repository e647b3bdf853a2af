import { createKey } from "../../shared/access/api-key.ts";
import { changeKeys } from "../../shared/access/key-store.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";

/**
 * Creates a key with which a command identifies itself, in place of all earlier ones of its name.
 *
 * @throws StorageError when S3 fails; ServiceError when others keep changing the keys
 */
export async function replaceKey(
  location: StoreLocation,
  { name, validMs, requestsPerSecond }: { name: string; validMs: number; requestsPerSecond?: number },
): Promise<string> {
  const nowMs = Date.now();
  const { text, stored } = createKey({ name, nowMs, expiresAtMs: nowMs + validMs, requestsPerSecond });
  await changeKeys(location, (keys) => [...keys.filter((key) => key.name !== name), stored]);
  return text;
}
