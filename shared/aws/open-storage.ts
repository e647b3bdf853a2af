import { SettingsError } from "../errors/settings-error.ts";
import type { StorageSettings } from "../settings/storage.ts";
import { createObjectStore } from "./object-store.ts";
import type { StoreLocation } from "./store-location.ts";

/** The S3 servers that the settings name, and the service's own place in the first. */
export function openStorage({ bucket, prefix, region, s3Endpoint, artifactS3Endpoint }: StorageSettings) {
  const store = createObjectStore({ region, endpoint: s3Endpoint });
  const location: StoreLocation | undefined = bucket === undefined ? undefined : { store, bucket, prefix };
  return {
    /** Of the service's own buckets. */
    store,
    /** Of MLflow's artifacts, which may be on another server. */
    artifactStore: createObjectStore({ region, endpoint: artifactS3Endpoint }),
    /** Undefined when no bucket is named; then nothing is kept. */
    location,
    /** @throws SettingsError when no bucket is named */
    requireLocation(): StoreLocation {
      if (location !== undefined) return location;
      throw new SettingsError(
        "Expected a running local stack (npm start), or the bucket of a deployed service in INFERENCE_LOG_BUCKET, but found neither",
      );
    },
  };
}
