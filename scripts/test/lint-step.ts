import { installedProgram, projectRoot } from "../stack/paths.ts";
import { showProgram } from "../stack/processes/run-program.ts";
import type { TestOutcome } from "./outcome.ts";

const timeoutMs = 5 * 60_000;

/** Counts as one test. */
interface Check {
  title: string;
  program: string;
  parameters: string[];
}

const checks: Check[] = [
  { title: "format and rules (biome)", program: "biome", parameters: ["check", "."] },
  { title: "types (tsc)", program: "tsc", parameters: ["-p", ".", "--pretty", "false"] },
  {
    title: "types of the pages' scripts (tsc)",
    program: "tsc",
    parameters: ["-p", "functions/docs/browser", "--pretty", "false"],
  },
  {
    title: "directions (dependency-cruiser)",
    program: "node",
    parameters: ["scripts/lint/check-boundaries.ts"],
  },
];

/** Runs all checks at once: each message names its file, so that it does not matter whose it is. */
export async function runLintStep(): Promise<TestOutcome> {
  const outcome: TestOutcome = { passed: 0, failed: 0, skipped: [], failures: [] };
  const run = async ({ title, program, parameters }: Check): Promise<void> => {
    const options = { directory: projectRoot, timeoutMs };
    const code = await showProgram(installedProgram(program), parameters, options);
    if (code === 0) outcome.passed += 1;
    else {
      outcome.failed += 1;
      outcome.failures.push(`lint: ${title}`);
    }
    console.error(`  ${code === 0 ? "✓" : "✗"} ${title}`);
  };
  await Promise.all(checks.map(run));
  return outcome;
}
