import { runLintStep } from "./lint-step.ts";
import { describeOutcome, type Outcome } from "./outcome.ts";
import { type Preparation, preparations } from "./preparations.ts";
import { runVitestStep } from "./vitest-step.ts";

interface Step {
  needs: Preparation[];
  run: (files: string[]) => Promise<Outcome>;
}

/** Every check of the project, in their order. */
export const steps = {
  lint: { needs: [], run: runLintStep },
  unit: { needs: ["python", "tensorflow"], run: (files) => runVitestStep("unit", files) },
  integration: { needs: ["python", "tensorflow"], run: (files) => runVitestStep("integration", files) },
  contract: { needs: ["python", "tensorflow"], run: (files) => runVitestStep("contract", files) },
  e2e: { needs: ["python", "tensorflow"], run: (files) => runVitestStep("e2e", files) },
  package: {
    needs: ["python", "tensorflow", "lambda-runtime"],
    run: (files) => runVitestStep("package", files),
  },
} satisfies Record<string, Step>;
export type StepName = keyof typeof steps;

const prepared = new Set<Preparation>();
const started = performance.now();

/**
 * Runs one step. One that cannot be run has failed.
 *
 * @param files parts of paths: only test files that hold one of them; none: all
 */
export async function runStep(name: StepName, files: string[] = []): Promise<Outcome> {
  const stepStarted = performance.now();
  console.error(`\n=== ${name} (${secondsSince(started)} since the start)`);
  let outcome: Outcome;
  try {
    await prepareStep(name);
    outcome = await steps[name].run(files);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    outcome = { passed: 0, failed: 1, skipped: 0 };
  }
  const mark = outcome.failed === 0 ? "✓" : "✗";
  console.error(`${mark} ${name}: ${describeOutcome(outcome)} (${secondsSince(stepStarted)})`);
  return outcome;
}

/** Brings onto the machine what a step needs, once. */
export async function prepareStep(name: StepName): Promise<void> {
  const { needs }: Step = steps[name];
  for (const preparation of needs) {
    if (prepared.has(preparation)) continue;
    await preparations[preparation]();
    prepared.add(preparation);
  }
}

function secondsSince(moment: number): string {
  return `${((performance.now() - moment) / 1000).toFixed(1)} s`;
}
