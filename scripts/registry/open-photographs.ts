import { createKeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { SettingsError } from "../../shared/errors/settings-error.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { photographSettings } from "../../shared/settings/photographs.ts";
import { connectRegistry } from "./connect-registry.ts";

/**
 * Opens the kept photographs, and the registry of the versions that answered them.
 *
 * @param needed what the environment must say, if it names servers at all
 * @throws SettingsError when no bucket is named
 * @throws StackError where the environment names some servers only
 */
export function openPhotographs(needed: readonly string[] = ["PHOTOGRAPH_BUCKET", "MLFLOW_TRACKING_URI"]) {
  const connection = connectRegistry({}, needed);
  const { bucket } = loadSettings({ photographs: photographSettings }).photographs;
  if (bucket === undefined)
    throw new SettingsError(
      "Expected a running local stack (npm start), or the bucket of the kept photographs in PHOTOGRAPH_BUCKET (on AWS the output PhotographBucketName), but found neither",
    );
  const { store } = openStorage(connection.storage);
  return { ...connection, bucket, photographs: createKeptPhotographs(store, bucket) };
}
