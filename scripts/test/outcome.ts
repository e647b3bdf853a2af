/** How a step of `npm test` ended. A step in which no test ran counts as failed. */
export interface TestOutcome {
  passed: number;
  failed: number;
  /** One line per skipped test: step, file and test, whose name says what it needs. */
  skipped: string[];
  /** One line per failure: step, file and test, or why the step could not run. */
  failures: string[];
}

/** Adds the outcomes of all steps. */
export function addOutcomes(outcomes: TestOutcome[]): TestOutcome {
  const total: TestOutcome = { passed: 0, failed: 0, skipped: [], failures: [] };
  for (const { passed, failed, skipped, failures } of outcomes) {
    total.passed += passed;
    total.failed += failed;
    total.skipped.push(...skipped);
    total.failures.push(...failures);
  }
  return total;
}

export function describeOutcome({ passed, failed, skipped }: TestOutcome): string {
  return `${passed} passed, ${failed} failed${skipped.length === 0 ? "" : `, ${skipped.length} skipped`}`;
}
