import { replaceKey, startKeyName } from "../../shared/access/own-keys.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { accessSettings } from "../../shared/settings/access.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";

const ownKey = { name: startKeyName, validMs: dayLengthMs };

/**
 * Returns the headers with which npm start identifies itself to its own service: none or a key, depending on AUTH; undefined for
 * tokens and signatures, which others give. The key of the last start is replaced.
 */
export async function findStartCredentials(): Promise<Record<string, string> | undefined> {
  const { access, storage } = loadSettings({ access: accessSettings, storage: storageSettings });
  if (access.mode === "none") return {};
  if (access.mode !== "key") return undefined;
  return { "x-api-key": await replaceKey(openStorage(storage).requireLocation(), ownKey) };
}
