import { spawn } from "node:child_process";

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws Error with what it printed when it cannot be started, fails or takes too long
 */
export function runProgram(
  command: readonly [string, ...string[]],
  options: { timeoutMs: number; input?: string },
): Promise<string> {
  const [program, ...parameters] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters);
    // Not spawn's own timeout: where a program cannot be started, it keeps this process waiting.
    const timer = setTimeout(() => child.kill(), options.timeoutMs);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`${program} cannot be started: ${error.message}`));
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(output.trim());
      else reject(new Error(`${program} ${parameters[0] ?? ""} failed (code ${code}):\n${output.trim()}`));
    });
    child.stdin.on("error", () => {}).end(options.input ?? "");
  });
}
