// npm test: every check of the project, step by step; `node scripts/test.ts unit contract` runs only those.
import { runLintStep } from "./test/lint-step.ts";
import { addOutcomes, describeOutcome, type Outcome } from "./test/outcome.ts";
import { type Preparation, preparations } from "./test/preparations.ts";
import { runVitestStep } from "./test/vitest-step.ts";

interface Step {
  name: string;
  needs: Preparation[];
  run: () => Promise<Outcome>;
}

const steps: Step[] = [
  { name: "lint", needs: [], run: runLintStep },
  { name: "unit", needs: ["python", "tensorflow"], run: () => runVitestStep("unit") },
  { name: "integration", needs: ["python", "tensorflow"], run: () => runVitestStep("integration") },
  { name: "contract", needs: ["python", "tensorflow"], run: () => runVitestStep("contract") },
  { name: "e2e", needs: ["python", "tensorflow"], run: () => runVitestStep("e2e") },
  { name: "package", needs: ["python", "tensorflow", "lambda-runtime"], run: () => runVitestStep("package") },
];

const started = performance.now();
const outcomes: Outcome[] = [];
const prepared = new Set<Preparation>();
for (const step of chooseSteps(process.argv.slice(2))) outcomes.push(await runStep(step));

const total = addOutcomes(outcomes);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function chooseSteps(names: string[]): Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `Expected any of ${steps.map((step) => step.name).join(", ")} but received ${unknown.join(", ")}`,
    );
    process.exit(1);
  }
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
}

/** A step that cannot be run has failed, and the steps behind it still run. */
async function runStep({ name, needs, run }: Step): Promise<Outcome> {
  const stepStarted = performance.now();
  console.error(`\n=== ${name} (${secondsSince(started)} since the start)`);
  let outcome: Outcome;
  try {
    for (const preparation of needs) await prepareOnce(preparation);
    outcome = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    outcome = { passed: 0, failed: 1, skipped: 0 };
  }
  const mark = outcome.failed === 0 ? "✓" : "✗";
  console.error(`${mark} ${name}: ${describeOutcome(outcome)} (${secondsSince(stepStarted)})`);
  return outcome;
}

async function prepareOnce(preparation: Preparation): Promise<void> {
  if (prepared.has(preparation)) return;
  await preparations[preparation]();
  prepared.add(preparation);
}

function secondsSince(moment: number): string {
  return `${((performance.now() - moment) / 1000).toFixed(1)} s`;
}
