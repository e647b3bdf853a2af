import { inTemporaryFolder } from "../../shared/resilience/temporary-folder.ts";
import { serverlessProgram } from "../stack/paths.ts";
import { type ProgramOptions, runProgram } from "../stack/processes/run-program.ts";

/**
 * Runs the Serverless Framework with the Node of this process, because an older Node in PATH could not run the plugins, which
 * are TypeScript.
 *
 * @returns what it printed
 */
export function runServerless(parameters: readonly string[], options: ProgramOptions): Promise<string> {
  // serverless-esbuild leaves a folder per function in the folder for temporary files.
  return inTemporaryFolder("serverless", (TMPDIR) =>
    runProgram(process.execPath, [serverlessProgram, ...parameters], {
      ...options,
      environment: { ...(options.environment ?? process.env), TMPDIR },
    }),
  );
}
