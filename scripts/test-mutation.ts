// npm run test:mutation: changes the code in many small ways, and checks whether a unit test fails each time.

import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, exitCodes } from "./cli/run-command.ts";
import { installedProgram, projectRoot } from "./stack/paths.ts";
import { showProgram } from "./stack/processes/run-program.ts";
import { floors } from "./test/mutation/floors.ts";

export const run: CommandRun<"test:mutation"> = async ({ operands: [only] }) => {
  const folders = Object.keys(floors);
  if (only !== undefined && !folders.includes(only))
    throw new UsageError(`Expected one of ${folders.join(", ")} but received ${only}`);
  for (const folder of only === undefined ? folders : [only]) {
    process.env.MUTATION_FOLDER = folder;
    const parameters = ["run", "scripts/test/mutation/stryker.config.mjs"];
    const exitCode = await showProgram(installedProgram("stryker"), parameters, { directory: projectRoot });
    if (exitCode !== 0) process.exitCode = exitCodes.failed;
  }
};
