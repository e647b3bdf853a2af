import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { Log } from "../schemas/log.ts";

/** Lambda kills the process 500 ms after SIGTERM; a little of it is kept for the exit itself. */
const budgetMs = 450;

/**
 * Runs `work` when the execution environment ends, for at most 450 ms, then ends the process. Call it once per function.
 * On Lambda SIGTERM comes only where an extension is registered (see after-response.ts).
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
