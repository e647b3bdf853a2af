import { resolve } from "node:path";
import { type CommandOptions, runCommand } from "../stack/run-command.ts";

/**
 * Runs the Serverless Framework under the Node of this process: the plugins are TypeScript, which an older Node that stands
 * first in PATH would not read.
 *
 * @returns what it printed
 */
export function runServerless(parameters: readonly string[], options: CommandOptions): Promise<string> {
  const program = resolve("node_modules/serverless/bin/serverless.js");
  return runCommand(process.execPath, [program, ...parameters], options);
}
