import { createKey } from "../../shared/access/api-key.ts";
import { changeKeys } from "../../shared/access/key-store.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { accessSettings } from "../../shared/settings/access.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import { startKeyName } from "../keys/own-key-names.ts";

const validMs = dayLengthMs;

/**
 * Returns the headers with which npm start identifies itself to its own service: none or a key, depending on AUTH; undefined for
 * tokens and signatures, which others give. The key of the last start is replaced.
 */
export async function findOwnCredentials(): Promise<Record<string, string> | undefined> {
  const { access, storage } = loadSettings({ access: accessSettings, storage: storageSettings });
  if (access.mode === "none") return {};
  if (access.mode !== "key") return undefined;
  const nowMs = Date.now();
  const { text, stored } = createKey({ name: startKeyName, nowMs, expiresAtMs: nowMs + validMs });
  await changeKeys(openStorage(storage).requireLocation(), (keys) => [
    ...keys.filter((key) => key.name !== startKeyName),
    stored,
  ]);
  return { "x-api-key": text };
}
