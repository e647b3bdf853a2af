import { createKeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import { SettingsError } from "../../shared/errors/settings-error.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { photographSettings } from "../../shared/settings/photographs.ts";
import { connectRegistry } from "./connect-registry.ts";

/**
 * Opens the kept photographs, and the registry of the versions that answered them.
 *
 * @throws SettingsError when no bucket is named
 */
export function openPhotographs() {
  const connection = connectRegistry();
  const { bucket } = loadSettings({ photographs: photographSettings }).photographs;
  if (bucket === undefined)
    throw new SettingsError(
      "Expected a running local stack (npm start), or the bucket of the kept photographs in PHOTOGRAPH_BUCKET, but found neither",
    );
  return { ...connection, photographs: createKeptPhotographs(connection.store, bucket) };
}
