import * as z from "zod";
import manifest from "../../package.json" with { type: "json" };
import { flag, oneOf } from "./types.ts";

export const logLevels = ["DEBUG", "INFO", "WARN", "WARNING", "ERROR", "CRITICAL"] as const;

/** What every function reads. */
export const serviceSettings = z
  .object({
    LOG_LEVEL: oneOf(logLevels, "INFO"),
    ENVIRONMENT: z
      .string()
      .default("production")
      .refine(isDimension, {
        error: ({ input }) =>
          `Expected 1 to 255 ASCII characters, since it is a dimension in CloudWatch, but received ${input}`,
      }),
    ENABLE_MLFLOW_TRACKING: flag(true),
    MLFLOW_EXPERIMENT_NAME: z.string().default("eye-disease-classifier"),
    /** Set by Lambda and by serverless-offline. */
    AWS_LAMBDA_FUNCTION_NAME: z.string().default("local"),
  })
  .transform((v) => ({
    logLevel: v.LOG_LEVEL === "WARNING" ? ("WARN" as const) : v.LOG_LEVEL,
    environment: v.ENVIRONMENT,
    enableTracking: v.ENABLE_MLFLOW_TRACKING,
    experimentName: v.MLFLOW_EXPERIMENT_NAME,
    functionName: v.AWS_LAMBDA_FUNCTION_NAME,
    /** Version of this service, as package.json has it. */
    apiVersion: manifest.version,
  }));

/** What CloudWatch takes as a dimension's value; records with another are dropped without a word. */
function isDimension(text: string): boolean {
  return /^[ -~]{1,255}$/.test(text) && text.trim() !== "";
}

export type ServiceSettings = z.output<typeof serviceSettings>;
