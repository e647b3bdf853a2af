/** How a step of `npm test` ended. A step without a single test has failed. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

/** Sum over all steps. */
export function addOutcomes(outcomes: Outcome[]): Outcome {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of outcomes) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

export function describeOutcome({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
