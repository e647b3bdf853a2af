// npm run test:mutation: changes the code in many small ways, and looks whether a unit test fails each time.

import { UsageError } from "./cli/parse-command-line.mjs";
import { exitCodes, type Run } from "./cli/run-command.ts";
import { floors } from "./test/mutation/floors.ts";
import { runProgram } from "./test/run-program.ts";

export const run: Run<"test:mutation"> = async ({ operands: [only] }) => {
  const folders = Object.keys(floors);
  if (only !== undefined && !folders.includes(only))
    throw new UsageError(`Expected one of ${folders.join(", ")} but received ${only}`);
  for (const folder of only === undefined ? folders : [only]) {
    process.env.MUTATION_FOLDER = folder;
    const exitCode = await runProgram("stryker", ["run", "scripts/test/mutation/stryker.config.mjs"], {});
    if (exitCode !== 0) process.exitCode = exitCodes.failed;
  }
};
