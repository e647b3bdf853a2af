import * as z from "zod";

/** What Lambda's own runtime tells a function about the place it runs in. */
export const lambdaSettings = z
  .object({
    /** host:port of the runtime API; present on Lambda alone, serverless-offline does not set it. */
    AWS_LAMBDA_RUNTIME_API: z.string().optional(),
  })
  .transform((v) => ({ runtimeApi: v.AWS_LAMBDA_RUNTIME_API }));
export type LambdaSettings = z.output<typeof lambdaSettings>;
