import { showStep } from "../../progress.mjs";
import { StackError } from "../stack-error.ts";
import { endProcesses, findStackProcesses } from "./processes.ts";

export interface Running {
  stop(): Promise<void>;
  /** Resolves with the reason when it cannot continue. */
  failed?: Promise<string>;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const endTimeoutMs = 10_000;

/**
 * Starts something, keeps it running until Ctrl-C or `npm stop`, and stops it in order. The exit code is 0 when it was asked to
 * stop, and 1 when it could not start or continue.
 *
 * @param directory state folder of the stack; its processes are found by it if the start is interrupted
 */
export async function runUntilStopped(directory: string, start: () => Promise<Running>): Promise<void> {
  const stopRequest = Promise.withResolvers<void>();
  for (const signal of signals) process.on(signal, () => stopRequest.resolve());
  const starting = start();
  starting.catch(() => {});
  try {
    const running = await Promise.race([starting, stopRequest.promise]);
    if (running === undefined) {
      await showStep("Stopping", () => endProcesses(findStackProcesses(directory), endTimeoutMs));
      // The interrupted start is not awaited: it would only report that its processes have ended.
      process.exit(0);
    }
    const failure = await Promise.race([
      stopRequest.promise,
      running.failed ?? new Promise<string>(() => {}),
    ]);
    if (failure !== undefined) console.error(failure);
    await showStep("Stopping", () => running.stop());
    process.exit(failure === undefined ? 0 : 1);
  } catch (error) {
    console.error(error instanceof StackError || isSettingsError(error) ? error.message : error);
    process.exit(1);
  }
}

function isSettingsError(error: unknown): error is Error {
  return error instanceof Error && error.name === "SettingsError";
}
