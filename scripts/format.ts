// npm run format: formats the code and fixes what the rules can fix.
import type { CommandRun } from "./cli/run-command.ts";
import { installedProgram, projectRoot } from "./stack/paths.ts";
import { showProgram } from "./stack/processes/run-program.ts";

const timeoutMs = 5 * 60_000;

export const run: CommandRun<"format"> = async () => {
  const options = { directory: projectRoot, timeoutMs };
  process.exitCode = await showProgram(installedProgram("biome"), ["check", "--write", "."], options);
};
