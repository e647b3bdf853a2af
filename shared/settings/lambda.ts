import { availableParallelism } from "node:os";
import * as z from "zod";

/** What Lambda's runtime tells a function about its environment. */
export const lambdaSettings = z
  .object({
    /** host:port of the runtime API; present only on Lambda, serverless-offline does not set it. */
    AWS_LAMBDA_RUNTIME_API: z.string().optional(),
    /**
     * Memory of the function in MB. The local stack sets it too, but there all functions share a process without a
     * limit.
     */
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

/**
 * Whole processors that Lambda gives a function with this memory. The operating system shows more, but threads beyond
 * these wait for one another. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const countProcessors = (memoryMb: number): number => Math.max(1, Math.round(memoryMb / 1769));

/**
 * Elsewhere a second thread makes a single answer a tenth faster, but does not raise the throughput (docs/bench.md).
 */
const localThreads = Math.min(2, availableParallelism());
