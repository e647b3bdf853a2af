import { spawn } from "node:child_process";
import { once } from "node:events";
import { ServiceError } from "../../shared/errors/service-error.ts";

/**
 * A shell that becomes the program. Before, it starts a watcher in the background: standard input ends when this process does,
 * in whatever way, and the watcher then kills the program's whole group.
 */
const endsWithThisProcess =
  'exec 3<&0; (cat <&3 >/dev/null; kill -KILL -$$) & exec "$0" "$@" </dev/null 3<&-';

/**
 * Runs a training to its end. The training and every process it has started end when this process ends, in whatever way. Its
 * output goes to standard error, because standard output is for the command's answer.
 *
 * @param program the program, and parameters that come before the others
 * @param folder where it runs; by default where this process does
 * @returns its exit code; null when a signal ended it
 */
export async function runTrainingProgram(
  program: readonly string[],
  parameters: readonly string[],
  folder?: string,
): Promise<number | null> {
  const child = spawn("/bin/sh", ["-c", endsWithThisProcess, ...program, ...parameters], {
    stdio: ["pipe", 2, 2],
    detached: true, // a group of its own
    cwd: folder,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  child.stdin?.destroy();
  return code;
}

/** @throws ServiceError naming the exit code of a training, unless it is 0 */
export function assertTrained(code: number | null): void {
  if (code === 0) return;
  throw new ServiceError(
    "training_failed",
    `The training ended with ${code === null ? "a signal" : `exit code ${code}`}`,
  );
}
