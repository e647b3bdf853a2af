import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { Log } from "../schemas/log.ts";

/** Lambda kills the process 500 ms after SIGTERM; the rest is for the exit itself. */
const budgetMs = 450;

/**
 * Runs `work` for at most 450 ms when the execution environment ends, then ends the process. Call it once per function.
 * Lambda sends SIGTERM only where an extension is registered (see after-response.ts).
 */
export function onShutdown(work: () => Promise<unknown>, log: Log): void {
  process.once("SIGTERM", async () => {
    try {
      await waitAtMost(work(), budgetMs);
    } catch (error) {
      log.error("Work at shutdown failed", { error });
    }
    process.exit(0);
  });
}
