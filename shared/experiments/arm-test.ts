import { createBinomialTest, pValueOf } from "./e-process.ts";

/** One unit of an A/B test: the first answer to a key. */
export interface Trial {
  isChallenger: boolean;
  /** What is compared: whether the answer was unsure, or wrong by its label. */
  isEvent: boolean;
}

/** Units between two looks. Any look is valid; fewer of them leave less to chance. */
const lookEvery = 100;

/** What a test says so far. */
export interface TestResult {
  trials: number;
  /** Always valid: at most 5 % of tests of two equal versions ever fall to 0.05 or below. */
  pValue: number;
}

/**
 * Whether an outcome depends on the arm. Arms are drawn by a hash, independent of what happens: if the version makes no
 * difference, each unit with the outcome, and each without it, is the challenger's with the chance `share`. Both are tested,
 * and the product of two e-processes of independent draws is one. Nothing is assumed of how often the outcome happens, nor that
 * this stays the same.
 *
 * @param trials in the order in which they came, each unit once
 * @param share of the units that the challenger is given, 0..1
 */
export function testArms(trials: Iterable<Trial>, share: number): TestResult {
  const events = createBinomialTest(share);
  const others = createBinomialTest(share);
  return lookAt(
    trials,
    ({ isChallenger, isEvent }) => (isEvent ? events : others).add(isChallenger),
    () => events.logE() + others.logE(),
  );
}

/**
 * Whether the arms got the share they were to get: if not, what is counted is not what was asked, and no other figure of the
 * test may be believed (Fabijan et al. 2019, "Diagnosing sample ratio mismatch in online controlled experiments").
 */
export function testSampleRatio(areChallenger: Iterable<boolean>, share: number): TestResult {
  return testChance(areChallenger, share);
}

/**
 * Which of two versions is right more often where they were given the same photographs and only one of them is right: with no
 * difference each is right in half of those (McNemar 1947), and that half may be tested at any time.
 */
export function testDiscordant(areChallengersRight: Iterable<boolean>): TestResult {
  return testChance(areChallengersRight, 0.5);
}

function testChance(successes: Iterable<boolean>, chance: number): TestResult {
  const test = createBinomialTest(chance);
  return lookAt(successes, test.add, test.logE);
}

/** Looks after every 100 trials and at the last. */
function lookAt<T>(trials: Iterable<T>, add: (trial: T) => void, logE: () => number): TestResult {
  let count = 0;
  let highest = 0;
  for (const trial of trials) {
    add(trial);
    count += 1;
    if (count % lookEvery === 0) highest = Math.max(highest, logE());
  }
  return { trials: count, pValue: pValueOf(Math.max(highest, logE())) };
}
