import { createDeliveryStream } from "../aws/delivery-stream.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { createFirehoseSink } from "../inference-log/sinks/firehose-sink.ts";
import type { LogSink } from "../inference-log/sinks/log-sink.ts";
import { createMlflowClient, type MlflowSettings } from "../mlflow/index.ts";
import type { Log } from "../schemas/log.ts";
import type { ServiceSettings } from "../settings/service.ts";
import type { StorageSettings } from "../settings/storage.ts";
import type { TrackingSettings } from "../settings/tracking.ts";
import { createTracker, type Tracker } from "./tracker.ts";

/** No long wait for MLflow: a record that fails is sent again later. */
const clientLimits = { timeoutMs: 3_000, maxAttempts: 1 } as const;

export interface StartTrackerOptions {
  settings: {
    service: ServiceSettings;
    storage: StorageSettings;
    mlflow: MlflowSettings;
    tracking: TrackingSettings;
  };
  /** Where the inference log lies; undefined when there is none. */
  location: StoreLocation | undefined;
  log: Log;
}

/** The tracker of a function, as its settings ask for it. */
export function startTracker({ settings, location, log }: StartTrackerOptions): Tracker {
  const { service, storage, mlflow, tracking } = settings;
  return createTracker({
    service,
    apiVersion: service.apiVersion,
    mlflow: service.enableTracking ? createMlflowClient({ ...mlflow, ...clientLimits }) : undefined,
    inferenceLog: location && { ...location, timeoutMs: storage.timeoutMs, sink: chooseSink(storage) },
    ...tracking,
    log,
  });
}

function chooseSink({ logSink, region }: StorageSettings): LogSink | undefined {
  return logSink.kind === "s3" ? undefined : createFirehoseSink(createDeliveryStream({ ...logSink, region }));
}
