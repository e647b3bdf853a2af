import * as z from "zod";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { flag, wholeNumberBetween } from "../../shared/settings/types.ts";

const port = (byDefault: number) => wholeNumberBetween(1, 65_535, byDefault);

const localSettings = z
  .object({
    PORT: port(8080),
    MLFLOW_PORT: port(5000),
    POSTGRES_PORT: port(15432),
    S3_PORT: port(8333),
    /** Whether to try again to install TensorFlow after a failure. */
    RETRY_TENSORFLOW: flag(false),
    /** How many days photographs are kept; on AWS the bucket's lifecycle rule has the same setting. */
    PHOTOGRAPH_RETENTION_DAYS: wholeNumberBetween(1, 36_500, 90),
  })
  .transform((v) => ({
    servicePort: v.PORT,
    stackPorts: { mlflow: v.MLFLOW_PORT, postgres: v.POSTGRES_PORT, s3: v.S3_PORT },
    retryTensorflow: v.RETRY_TENSORFLOW,
    photographRetentionDays: v.PHOTOGRAPH_RETENTION_DAYS,
  }));
export type LocalSettings = z.output<typeof localSettings>;

/** Settings of the commands that run on a developer's machine. */
export function loadLocalSettings(): LocalSettings {
  return loadSettings({ local: localSettings }).local;
}
