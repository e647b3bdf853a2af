import * as z from "zod";
import { httpAddress, numberBetween, oneOf } from "./types.ts";

/** Where the inference log and the files of MLflow's artifacts are kept. Credentials are read elsewhere: see s3-connection.ts. */
export const storageSettings = z
  .object({
    INFERENCE_LOG_BUCKET: z.string().optional(),
    INFERENCE_LOG_PREFIX: z
      .string()
      .regex(/^([\w.-]+\/)*$/, "Expected a prefix that ends with /")
      .default(""),
    /** Milliseconds that a request may wait for its record. */
    INFERENCE_LOG_TIMEOUT_MS: numberBetween(10, 10_000, 500),
    /** Where a record is written before its response leaves. */
    INFERENCE_LOG_SINK: oneOf(["s3", "firehose"] as const, "s3"),
    /** Name of the Firehose stream that delivers to the bucket. */
    INFERENCE_LOG_STREAM: z.string().optional(),
    AWS_ENDPOINT_URL_FIREHOSE: httpAddress.optional(),
    AWS_REGION: z.string().default("us-east-1"),
    AWS_ENDPOINT_URL_S3: httpAddress.optional(),
    MLFLOW_S3_ENDPOINT_URL: httpAddress.optional(),
  })
  .refine((v) => v.INFERENCE_LOG_SINK === "s3" || v.INFERENCE_LOG_STREAM !== undefined, {
    path: ["INFERENCE_LOG_STREAM"],
    message: "Expected the name of a Firehose stream, because INFERENCE_LOG_SINK is firehose",
  })
  .transform((v) => ({
    logSink:
      v.INFERENCE_LOG_SINK === "s3"
        ? ({ kind: "s3" } as const)
        : ({
            kind: "firehose",
            name: v.INFERENCE_LOG_STREAM ?? "",
            endpoint: v.AWS_ENDPOINT_URL_FIREHOSE,
          } as const),
    bucket: v.INFERENCE_LOG_BUCKET,
    prefix: v.INFERENCE_LOG_PREFIX,
    timeoutMs: v.INFERENCE_LOG_TIMEOUT_MS,
    region: v.AWS_REGION,
    /** Endpoint for the service's own buckets; AWS's own when undefined. */
    s3Endpoint: v.AWS_ENDPOINT_URL_S3,
    /** Endpoint for MLflow's artifacts, chosen as MLflow's Python client chooses it; AWS's own when undefined. */
    artifactS3Endpoint: v.MLFLOW_S3_ENDPOINT_URL ?? v.AWS_ENDPOINT_URL_S3,
  }));
export type StorageSettings = z.output<typeof storageSettings>;
