/**
 * A test of "each trial succeeds with probability `chance`, whatever went before" that may be looked at after every trial.
 *
 * The e-process is the likelihood of the trials under a Beta mixture of chances over their likelihood under `chance`:
 * for two outcomes, the multinomial test of Lindon and Malek 2022 ("Anytime-valid inference for multinomial count data",
 * NeurIPS, equation 8), after Robbins 1970. Under the null its chance of ever reaching 1/a is at most a (Ville 1939), so that
 * 1 / its highest value is a p-value at any time, however often it was looked at.
 */
export interface BinomialTest {
  add(isSuccess: boolean): void;
  /** Natural logarithm of the e-process now. */
  logE(): number;
}

/** Trials that the mixture weighs as much as: small values find large differences soon, large ones small differences late. */
const concentration = 50;

/** @param chance of a success under the null, between 0 and 1 */
export function createBinomialTest(chance: number): BinomialTest {
  if (!(chance > 0 && chance < 1))
    throw new RangeError(`Expected a chance between 0 and 1 but received ${chance}`);
  const priorSuccesses = concentration * chance;
  const priorFailures = concentration * (1 - chance);
  let successes = 0;
  let failures = 0;
  let logE = 0;
  return {
    add(isSuccess) {
      // The mixture's chance of this outcome, given those before, over the null's.
      const trials = concentration + successes + failures;
      if (isSuccess) {
        logE += Math.log((priorSuccesses + successes) / trials / chance);
        successes += 1;
      } else {
        logE += Math.log((priorFailures + failures) / trials / (1 - chance));
        failures += 1;
      }
    },
    logE: () => logE,
  };
}

/** The p-value of an e-process by the highest value it had: valid whenever it is looked at. */
export const pValueOf = (highestLogE: number): number => Math.min(1, Math.exp(-highestLogE));
