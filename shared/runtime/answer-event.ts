import type { AfterResponse } from "./after-response.ts";
import { runInvocation } from "./invocation.ts";

/** Answers one event, with its request id in every log line; then the work after it starts, also after a failure. */
export function answerEvent<T>(
  requestId: string,
  afterResponse: AfterResponse,
  answer: () => Promise<T>,
): Promise<T> {
  return runInvocation(requestId, async () => {
    try {
      return await answer();
    } finally {
      await afterResponse.answered(requestId);
    }
  });
}
