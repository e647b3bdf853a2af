import { spawn } from "node:child_process";
import { projectRoot } from "../stack/paths.ts";

/** Runs a program of node_modules/.bin, its output in the terminal as it comes. Returns its exit code. */
export function runProgram(
  name: string,
  parameters: string[],
  options: { timeoutMs: number; environment?: Record<string, string> },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(`node_modules/.bin/${name}`, parameters, {
      cwd: projectRoot,
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "inherit", "inherit"],
      timeout: options.timeoutMs,
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
