import { serverlessProgram } from "../stack/paths.ts";
import { type ProgramOptions, runProgram } from "../stack/run-program.ts";

/**
 * Runs the Serverless Framework with the Node of this process, because an older Node in PATH could not run the plugins, which
 * are TypeScript.
 *
 * @returns what it printed
 */
export function runServerless(parameters: readonly string[], options: ProgramOptions): Promise<string> {
  return runProgram(process.execPath, [serverlessProgram, ...parameters], options);
}
