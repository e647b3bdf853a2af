/**
 * A test of the null hypothesis "each trial succeeds with probability `chance`, whatever came before" that may be
 * looked at after every trial.
 *
 * The e-process is the likelihood of the trials under a Beta mixture of chances, divided by their likelihood under
 * `chance`: the multinomial test of Lindon and Malek 2022 ("Anytime-valid inference for multinomial count data",
 * NeurIPS, equation 8) for two outcomes, after Robbins 1970. Under the null hypothesis it ever reaches 1/a with a
 * probability of at most a (Ville 1939), so 1 over its highest value is a valid p-value at any time, however often it
 * was looked at.
 */
export interface BinomialTest {
  add(isSuccess: boolean): void;
  /** Natural logarithm of the e-process now. */
  logE(): number;
}

/** Weight of the mixture, in trials. A small value finds large differences soon, a large one small differences late. */
const concentration = 50;

/**
 * @param chance of a success under the null hypothesis, between 0 and 1, both excluded
 * @throws RangeError for another chance
 */
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
      // Adds the mixture's chance of this outcome, given those before, over the chance under the null hypothesis.
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

/** The p-value of an e-process, by the highest value it has had; valid at any time. */
export const pValueOf = (highestLogE: number): number => Math.min(1, Math.exp(-highestLogE));
