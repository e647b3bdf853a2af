/** A measure of how far the current window is from the reference. Higher is further. */
interface Statistic {
  readonly name: string;
  /** From this value on, users of the measure usually take a difference to matter. */
  readonly threshold: number;
  /** Where the definition comes from. */
  readonly source: string;
}

/** For numbers: confidence, a probability, a duration, an image measure. */
export interface NumericStatistic extends Statistic {
  readonly appliesTo: "numbers";
  /** @throws RangeError when a sample is empty */
  readonly compute: (reference: readonly number[], current: readonly number[]) => number;
}

/** For names: the predicted class. The order of the classes does not matter. */
export interface CategoricalStatistic extends Statistic {
  readonly appliesTo: "classes";
  /** @throws RangeError when a sample is empty */
  readonly compute: (reference: readonly string[], current: readonly string[]) => number;
}

export function assertSamples(reference: readonly unknown[], current: readonly unknown[]): void {
  if (reference.length === 0 || current.length === 0) {
    throw new RangeError(
      `Expected two samples but received ${reference.length} reference and ${current.length} current values`,
    );
  }
}
