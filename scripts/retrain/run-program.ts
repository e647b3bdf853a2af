import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * The shell becomes the program; what it leaves behind waits for the end of standard input, which no way to end this process
 * can prevent, and then ends the program's whole group.
 */
const endsWithThisProcess =
  'exec 3<&0; (cat <&3 >/dev/null; kill -KILL -$$) & exec "$0" "$@" </dev/null 3<&-';

/**
 * Runs a training to its end. It ends, with the processes that it has started, when this process does, however that happens. What
 * it prints goes to standard error: standard output is left to what the command answers.
 *
 * @param program what is called, and what stands before the parameters
 * @returns its exit code; null when a signal ended it
 */
export async function runProgram(
  program: readonly string[],
  parameters: readonly string[],
): Promise<number | null> {
  const child = spawn("/bin/sh", ["-c", endsWithThisProcess, ...program, ...parameters], {
    stdio: ["pipe", 2, 2],
    detached: true, // a group of its own
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  child.stdin?.destroy();
  return code;
}
