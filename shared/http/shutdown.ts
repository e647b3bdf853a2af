import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../contracts/log.ts";

/** Lambda kills the process 500 ms after SIGTERM; a little of it is kept for the exit itself. */
const budgetMs = 450;

/**
 * Runs `work` when the execution environment ends, for at most 450 ms.
 * On Lambda SIGTERM comes only where an extension is registered (see after-response.ts), and the process ends with
 * the work. Under serverless-offline the signal comes too, and the server ends the process.
 */
export function onShutdown(
  work: () => Promise<unknown>,
  { runtimeApi, log }: { runtimeApi: string | undefined; log: Log },
): void {
  process.once("SIGTERM", async () => {
    try {
      await Promise.race([work(), sleep(budgetMs, undefined, { ref: false })]);
    } catch (error) {
      log.error("Work at shutdown failed", { error });
    }
    if (runtimeApi !== undefined) process.exit(0);
  });
}
