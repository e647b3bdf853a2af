import { serverlessProgram } from "../stack/paths.ts";
import { type CommandOptions, runCommand } from "../stack/run-command.ts";

/**
 * Runs the Serverless Framework with the Node of this process, because an older Node in PATH could not run the plugins, which
 * are TypeScript.
 *
 * @returns what it printed
 */
export function runServerless(parameters: readonly string[], options: CommandOptions): Promise<string> {
  return runCommand(process.execPath, [serverlessProgram, ...parameters], options);
}
