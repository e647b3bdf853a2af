// npm stop: stops what npm start or npm run stack runs, from another terminal; the data stays.
import { setTimeout as wait } from "node:timers/promises";
import type { CommandRun } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";
import { findOwner } from "./stack/processes/owner.ts";
import { isRunning, sendSignal } from "./stack/processes/processes.ts";
import { endLeftovers } from "./stack/stack.ts";

const pollMs = 100;
/** The service and each server may take ten seconds. */
const ownerTimeoutMs = 60_000;

export const run: CommandRun<"stop"> = async () => {
  const ended = await showStep("Stopping", async (say) => {
    const owner = await endOwner();
    return owner + (await endLeftovers(stackFolder, say));
  });
  console.log(ended === 0 ? "Nothing was running." : "Everything is stopped; the data is kept in .local.");
};

/** Asks the process that owns the stack to stop it in order. Returns 1 if there was one, else 0. */
async function endOwner(): Promise<number> {
  const owner = findOwner(stackFolder);
  if (owner === undefined) return 0;
  sendSignal(owner.processId, "SIGTERM");
  const deadline = Date.now() + ownerTimeoutMs;
  while (isRunning(owner) && Date.now() < deadline) await wait(pollMs);
  if (isRunning(owner)) sendSignal(owner.processId, "SIGKILL");
  return 1;
}
