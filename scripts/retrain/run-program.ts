import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs a training to its end. What it prints goes to standard error: standard output is left to what the command answers.
 *
 * @param program what is called, and what stands before the parameters
 * @returns its exit code; null when a signal ended it
 */
export async function runProgram(
  [program = "", ...before]: readonly string[],
  parameters: readonly string[],
): Promise<number | null> {
  const child = spawn(program, [...before, ...parameters], {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}
