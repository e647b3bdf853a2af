import { spawn } from "node:child_process";
import { projectRoot } from "../stack/paths.ts";

/**
 * Runs a program of node_modules/.bin, its output in the terminal as it comes.
 *
 * @param options.isInteractive whether it may read the keys that are typed
 * @returns its exit code
 */
export function runProgram(
  name: string,
  parameters: string[],
  options: { timeoutMs?: number; isInteractive?: boolean },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(`node_modules/.bin/${name}`, parameters, {
      cwd: projectRoot,
      stdio: [options.isInteractive ? "inherit" : "ignore", "inherit", "inherit"],
      timeout: options.timeoutMs,
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
