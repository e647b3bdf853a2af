import { availableParallelism } from "node:os";
import * as z from "zod";

/** What Lambda's own runtime tells a function about the place it runs in. */
export const lambdaSettings = z
  .object({
    /** host:port of the runtime API; present on Lambda alone, serverless-offline does not set it. */
    AWS_LAMBDA_RUNTIME_API: z.string().optional(),
    /** Memory of the function in MB. The local stack sets it too, but all functions share its process and no limit holds. */
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().int().positive().optional(),
  })
  .transform((v) => {
    const runtimeApi = v.AWS_LAMBDA_RUNTIME_API;
    const memoryMb = v.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;
    return {
      runtimeApi,
      memoryLimitMb: runtimeApi === undefined ? undefined : memoryMb,
      threads: memoryMb && (runtimeApi === undefined ? localThreads : countProcessors(memoryMb)),
    };
  });
export type LambdaSettings = z.output<typeof lambdaSettings>;

/**
 * Whole processors that Lambda gives a function of this memory. The system of an environment shows more of them, and threads on those wait
 * for one another. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const countProcessors = (memoryMb: number): number => Math.max(1, Math.round(memoryMb / 1769));

/** Elsewhere a second one takes a tenth off an answer's time, and nothing off what many callers get (docs/bench.md). */
const localThreads = Math.min(2, availableParallelism());
