import * as z from "zod";

/** What Lambda's own runtime tells a function about the place it runs in. */
export const lambdaSettings = z
  .object({
    /** host:port of the runtime API; present on Lambda alone, serverless-offline does not set it. */
    AWS_LAMBDA_RUNTIME_API: z.string().optional(),
    /** Memory of the function in MB. serverless-offline sets it too, for a process that all functions share. */
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().int().positive().optional(),
  })
  .transform((v) => ({
    runtimeApi: v.AWS_LAMBDA_RUNTIME_API,
    memoryLimitMb: v.AWS_LAMBDA_RUNTIME_API === undefined ? undefined : v.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  }));
export type LambdaSettings = z.output<typeof lambdaSettings>;
