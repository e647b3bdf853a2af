import { runLintStep } from "./lint-step.ts";
import type { TestOutcome } from "./outcome.ts";
import type { Preparation } from "./preparations.ts";
import { runVitest, type VitestRun } from "./run-vitest.ts";

export interface Step {
  needs: Preparation[];
  /** Into how many parts it may be split, each with servers of its own (default: 1). */
  parts?: number;
  run: (what: VitestRun) => Promise<TestOutcome>;
}

const stack: Preparation[] = ["python", "tensorflow"];

/** Every check of the project. */
export const steps = {
  lint: { needs: [], run: runLintStep },
  unit: { needs: stack, run: (what) => runVitest("unit", what) },
  deployment: { needs: stack, run: (what) => runVitest("deployment", what) },
  integration: { needs: stack, parts: 2, run: (what) => runVitest("integration", what) },
  conformance: { needs: stack, run: (what) => runVitest("conformance", what) },
  e2e: { needs: stack, run: (what) => runVitest("e2e", what) },
  package: { needs: [...stack, "lambda-runtime"], run: (what) => runVitest("package", what) },
} satisfies Record<string, Step>;
export type StepName = keyof typeof steps;

/**
 * The order of the steps. Of those on one line, several run at once: unit tests wait until things are installed, the others for
 * servers.
 */
export const order: StepName[][] = [
  ["unit", "lint"],
  ["integration", "deployment", "package", "conformance", "e2e"],
];
