import type { StoreLocation } from "../aws/store-location.ts";
import { createKey } from "./api-key.ts";
import { changeKeys } from "./key-store.ts";

/** Keys that commands make for their own requests, and replace at each run. */
export const startKeyName = "npm-start";
export const deployKeyName = "npm-run-deploy";
export const demoKeyName = "npm-run-demo";
export const ownKeyNames: readonly string[] = [startKeyName, deployKeyName, demoKeyName];

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
