// npm run test:unit and the like: runs the tests of one step, all or some, once or at every change.
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, exitCodes } from "./cli/run-command.ts";
import { prepareStep, runStep } from "./test/run-steps.ts";
import { watchTests } from "./test/run-vitest.ts";
import type { StepName } from "./test/steps.ts";

type TestCommand = `test:${Exclude<StepName, "lint">}`;

export const run: CommandRun<TestCommand> = async ({ values, operands: files }, name) => {
  const step = name.replace("test:", "") as StepName;
  if (values.watch && values.update) throw new UsageError("Expected --watch or --update but received both");
  if (values.watch) {
    await prepareStep(step);
    process.exitCode = await watchTests(step, files);
    return;
  }
  const { failed } = await runStep(step, { files, update: values.update });
  process.exitCode = failed === 0 ? 0 : exitCodes.failed;
};
