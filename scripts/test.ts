// npm test: runs every check of the project, step by step; npm run lint: only the first step.
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, exitCodes } from "./cli/run-command.ts";
import { runSteps } from "./test/run-steps.ts";
import { type StepName, steps } from "./test/steps.ts";

export const run: CommandRun<"test" | "lint"> = async ({ operands }, name) => {
  const total = await runSteps(chooseSteps(name === "lint" ? ["lint"] : operands));
  // Skipped tests and failures are named again here, because thousands of lines may follow them.
  for (const test of total.skipped) console.error(`skipped ${test}`);
  for (const failure of total.failures) console.error(`✗ ${failure}`);
  if (total.skipped.length > 0) console.error(`${total.skipped.length} skipped`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : exitCodes.failed;
};

function chooseSteps(names: string[]): StepName[] {
  const all = Object.keys(steps) as StepName[];
  const unknown = names.filter((name) => !Object.hasOwn(steps, name));
  if (unknown.length > 0) {
    const hint = unknown.some((name) => /[./]/.test(name)) ? ". One file: npm run test:unit -- FILE" : "";
    throw new UsageError(
      `Expected any of ${all.join(", ")} for STEP but received ${unknown.join(", ")}${hint}`,
    );
  }
  return names.length === 0 ? all : (names as StepName[]);
}
