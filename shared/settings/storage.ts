import * as z from "zod";
import { httpAddress, numberBetween } from "./types.ts";

/** Where the inference log is kept. Keys and tokens are read by the AWS SDK itself. */
export const storageSettings = z
  .object({
    INFERENCE_LOG_BUCKET: z.string().optional(),
    INFERENCE_LOG_PREFIX: z
      .string()
      .regex(/^([\w.-]+\/)*$/, "Expected a prefix that ends with /")
      .default(""),
    /** Milliseconds an answer may wait for its record. */
    INFERENCE_LOG_TIMEOUT_MS: numberBetween(10, 10_000, 500),
    AWS_REGION: z.string().default("us-east-1"),
    AWS_ENDPOINT_URL_S3: httpAddress.optional(),
    MLFLOW_S3_ENDPOINT_URL: httpAddress.optional(),
  })
  .transform((v) => ({
    bucket: v.INFERENCE_LOG_BUCKET,
    prefix: v.INFERENCE_LOG_PREFIX,
    timeoutMs: v.INFERENCE_LOG_TIMEOUT_MS,
    region: v.AWS_REGION,
    s3Endpoint: v.AWS_ENDPOINT_URL_S3 ?? v.MLFLOW_S3_ENDPOINT_URL,
  }));
export type StorageSettings = z.output<typeof storageSettings>;
