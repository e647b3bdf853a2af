import { createKey } from "../../shared/access/api-key.ts";
import { changeKeys } from "../../shared/access/key-store.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { accessSettings } from "../../shared/settings/access.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";

const name = "npm-start";
const validMs = dayLengthMs;

/**
 * Returns the headers with which npm start identifies itself to its own service: none or a key, depending on AUTH; undefined for
 * tokens and signatures, which others give. The key of the last start is replaced.
 */
export async function findOwnCredentials(): Promise<Record<string, string> | undefined> {
  const { access, storage } = loadSettings({ access: accessSettings, storage: storageSettings });
  if (access.mode === "none") return {};
  if (access.mode !== "key") return undefined;
  return createOwnKey(openStorage(storage).requireLocation(), { name });
}

/** Makes a key for one of this project's own commands, in place of the one that it made before. */
export async function createOwnKey(
  location: StoreLocation,
  { name, requestsPerSecond }: { name: string; requestsPerSecond?: number },
): Promise<{ "x-api-key": string }> {
  const nowMs = Date.now();
  const { text, stored } = createKey({ name, nowMs, expiresAtMs: nowMs + validMs, requestsPerSecond });
  await changeKeys(location, (keys) => [...keys.filter((key) => key.name !== name), stored]);
  return { "x-api-key": text };
}
