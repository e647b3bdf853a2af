import { installedProgram, projectRoot } from "../stack/paths.ts";
import { showCommand } from "../stack/run-command.ts";
import type { Outcome } from "./outcome.ts";

const timeoutMs = 5 * 60_000;

/** Each check counts as one test. */
const checks: { title: string; program: string; parameters: string[] }[] = [
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

export async function runLintStep(): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const { title, program, parameters } of checks) {
    const code = await showCommand(installedProgram(program), parameters, {
      directory: projectRoot,
      timeoutMs,
    });
    if (code === 0) outcome.passed += 1;
    else {
      outcome.failed += 1;
      outcome.failures.push(`lint: ${title}`);
    }
    console.error(`  ${code === 0 ? "✓" : "✗"} ${title}`);
  }
  return outcome;
}
