import { runProgram } from "../../scripts/stack/processes/run-program.ts";
import { endWithOwner } from "../../scripts/stack/servers/service.ts";

const timeoutMs = 5 * 60_000;

/** Runs a program in a process of its own that ends with the bench, and reads the last line it writes as JSON. */
export async function runJson<T>(
  program: string,
  parameters: string[],
  environment: Record<string, string | undefined> = process.env,
): Promise<T> {
  const output = await runProgram(...endWithOwner("TERM", program, parameters), { environment, timeoutMs });
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "") as T;
}
