import * as z from "zod";
import { defaultModelName } from "../schemas/model.ts";
import { flag, numberBetween, oneOf } from "./types.ts";

/** Which model serves, and on which engine. */
export const modelSettings = z
  .object({
    ENABLE_MODEL_REGISTRY: flag(true),
    MLFLOW_MODEL_NAME: z.string().default(defaultModelName),
    MODEL_STAGE: oneOf(["Production", "Staging", "Archived", "None"] as const, "Production"),
    MODEL_ALIAS: z.string().optional(),
    MODEL_VERSION: z
      .string()
      .regex(/^(latest|[1-9]\d*)$/, "Expected latest or a version number")
      .default("latest"),
    MODEL_REFRESH_SECONDS: numberBetween(1, 86_400, 60),
    MODEL_CACHE_DIRECTORY: z.string().default("/tmp/model-cache"),
    LOCAL_MODEL_FALLBACK: flag(true),
    LOCAL_MODEL_DIRECTORY: z.string().optional(),
    /**
     * Present only on Lambda; serverless-offline sets other variables of Lambda, even LAMBDA_TASK_ROOT, but not this
     * one.
     */
    AWS_LAMBDA_RUNTIME_API: z.string().optional(),
    /** Whether a version serves only if it has a tag `sha256` that matches its weights. */
    REQUIRE_MODEL_HASH: flag(false),
    INFERENCE_ENGINE: oneOf(["auto", "tensorflow", "onnx"] as const, "auto"),
    /** Where the artifacts lie when MLflow gives `mlflow-artifacts:` addresses and the bucket may be read directly. */
    MLFLOW_DEFAULT_ARTIFACT_ROOT: z.string().startsWith("s3://", "Expected an s3:// address").optional(),
    MLFLOW_ARTIFACT_ROOT: z.string().startsWith("s3://", "Expected an s3:// address").optional(),
  })
  .transform((v) => ({
    enableRegistry: v.ENABLE_MODEL_REGISTRY,
    modelName: v.MLFLOW_MODEL_NAME,
    stage: v.MODEL_STAGE,
    alias: v.MODEL_ALIAS,
    version: v.MODEL_VERSION,
    refreshSeconds: v.MODEL_REFRESH_SECONDS,
    cacheDirectory: v.MODEL_CACHE_DIRECTORY,
    /** Whether the packaged model stands in when no version of the registry can serve. */
    localModelFallback: v.LOCAL_MODEL_FALLBACK,
    localModelDirectory:
      v.LOCAL_MODEL_DIRECTORY ??
      (v.AWS_LAMBDA_RUNTIME_API === undefined ? "models/eye-disease" : "/opt/models/eye-disease"),
    requireHash: v.REQUIRE_MODEL_HASH,
    engine: v.INFERENCE_ENGINE,
    artifactRoot: v.MLFLOW_DEFAULT_ARTIFACT_ROOT ?? v.MLFLOW_ARTIFACT_ROOT,
  }));
export type ModelSettings = z.output<typeof modelSettings>;
