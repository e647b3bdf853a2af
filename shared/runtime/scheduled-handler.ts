import type { Context } from "aws-lambda";
import type { Log } from "../schemas/log.ts";
import type { AfterResponse } from "./after-response.ts";
import { answerEvent } from "./answer-event.ts";

/**
 * Wraps a job that a schedule starts: every log line has the request id, the outcome is logged, then the work after it starts. A
 * failure is thrown again, so that Lambda counts it and tries again.
 *
 * @example export const handler = createScheduledHandler({ job: "drift", run: examineDrift, log, afterResponse });
 */
export function createScheduledHandler<T>(options: {
  job: string;
  /** @param event what the schedule sends */
  run: (event: unknown, context: Context) => Promise<T>;
  log: Log;
  afterResponse: AfterResponse;
}): (event: unknown, context: Context) => Promise<T> {
  const { job, run, log, afterResponse } = options;
  return (event, context) =>
    answerEvent(context.awsRequestId, afterResponse, async () => {
      try {
        const outcome = await run(event, context);
        log.info("Scheduled job finished", { job });
        return outcome;
      } catch (error) {
        log.error("Scheduled job failed", { job, error });
        throw error;
      }
    });
}
