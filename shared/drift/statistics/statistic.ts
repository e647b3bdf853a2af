/**
 * A measure of how far the numbers of the current window (confidence, a probability, a duration, an image measure) are
 * from those of the reference. Higher is further.
 */
export interface NumericStatistic {
  readonly name: string;
  /** @throws RangeError when a sample is empty */
  readonly compute: (reference: readonly number[], current: readonly number[]) => number;
}

export function assertSamples(reference: readonly unknown[], current: readonly unknown[]): void {
  if (reference.length === 0 || current.length === 0) {
    throw new RangeError(
      `Expected two samples but received ${reference.length} reference and ${current.length} current values`,
    );
  }
}
