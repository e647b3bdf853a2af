import { createBinomialTest, pValueOf } from "./e-process.ts";

/** One unit of an A/B test: the first answer to a key or photograph. */
export interface ArmTrial {
  isChallenger: boolean;
  /** The outcome that is compared: for example whether the answer was wrong by its label. */
  isEvent: boolean;
}

/** Trials between two looks. The test is valid with any number of looks; with fewer, false findings are rarer still. */
const lookEvery = 100;

/** What a test says so far. */
export interface TestResult {
  trials: number;
  /** Valid at any time: in at most 5 % of tests of two equal versions it ever falls to 0.05 or below. */
  pValue: number;
  /**
   * Which way the trials pointed at the look that `pValue` comes from: 1 when the challenger had the outcome more often
   * (of successes, when there were more than chance gives), -1 when less often, 0 when neither.
   */
  direction: number;
}

/**
 * Tests whether an outcome depends on the arm. If the version makes no difference, units with the outcome and units
 * without it are the challenger's equally often. How often is not assumed, because one arm may be labelled more often
 * than its share: the e-process is the product of those of both kinds of units, divided by the likelihood under the one
 * chance that explains all units best (universal inference; Wasserman, Ramdas and Balakrishnan 2020). Nothing is
 * assumed about how often the outcome happens, or that this stays the same.
 *
 * @param trials each unit once, in the order in which its outcome became known: a trial that is inserted into the past
 * changes what looks since then would have said
 * @param share of the units that the challenger is given, 0..1
 */
export function testArms(trials: Iterable<ArmTrial>, share: number): TestResult {
  const events = createBinomialTest(share);
  const others = createBinomialTest(share);
  const champion = { count: 0, events: 0 };
  const challenger = { count: 0, events: 0 };
  return lookAt(
    trials,
    ({ isChallenger, isEvent }) => {
      (isEvent ? events : others).add(isChallenger);
      const arm = isChallenger ? challenger : champion;
      arm.count += 1;
      arm.events += Number(isEvent);
    },
    () => ({
      logE:
        events.logE() +
        others.logE() -
        computeBestLogRatio(challenger.count, challenger.count + champion.count, share),
      difference: challenger.events * champion.count - champion.events * challenger.count,
    }),
  );
}

/** Logarithm of the highest likelihood that any chance gives to the trials, over their likelihood under `chance`. */
function computeBestLogRatio(successes: number, count: number, chance: number): number {
  const compare = (times: number, expected: number) =>
    times === 0 ? 0 : times * Math.log(times / (count * expected));
  return compare(successes, chance) + compare(count - successes, 1 - chance);
}

/**
 * Tests whether the arms got the intended shares. If not, something distorts what is counted, and no other figure of
 * the test can be relied on (Fabijan et al. 2019, "Diagnosing sample ratio mismatch in online controlled experiments").
 */
export function testSampleRatio(areChallenger: Iterable<boolean>, share: number): TestResult {
  return testChance(areChallenger, share);
}

/**
 * Tests which of two versions is right more often, on photographs about which only one of them is right. Without a
 * difference each is right about half of those (McNemar 1947); here that half may be tested at any time.
 */
export function testDiscordant(areChallengersRight: Iterable<boolean>): TestResult {
  return testChance(areChallengersRight, 0.5);
}

function testChance(successes: Iterable<boolean>, chance: number): TestResult {
  const test = createBinomialTest(chance);
  let difference = 0;
  return lookAt(
    successes,
    (isSuccess) => {
      test.add(isSuccess);
      difference += Number(isSuccess) - chance;
    },
    () => ({ logE: test.logE(), difference }),
  );
}

/** Looks after every `lookEvery` trials, and after the last one. */
function lookAt<T>(
  trials: Iterable<T>,
  add: (trial: T) => void,
  look: () => { logE: number; difference: number },
): TestResult {
  let count = 0;
  let highest = { logE: 0, difference: 0 };
  const keepHighest = () => {
    const now = look();
    if (now.logE > highest.logE) highest = now;
  };
  for (const trial of trials) {
    add(trial);
    count += 1;
    if (count % lookEvery === 0) keepHighest();
  }
  keepHighest();
  return { trials: count, pValue: pValueOf(highest.logE), direction: Math.sign(highest.difference) };
}
