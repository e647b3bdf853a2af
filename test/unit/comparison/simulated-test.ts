import { type ArmTrial, testArms } from "../../../shared/comparison/arm-test.ts";
import { createRandom } from "../../support/random.ts";

export interface SimulatedTest {
  /** Units that are answered before the test is given up. */
  units: number;
  share: number;
  /** Chance of the outcome in each arm. */
  champion: number;
  challenger: number;
}

/** Units of one simulated test, in their order. */
export function* drawTrials(
  { units, share, champion, challenger }: SimulatedTest,
  random: () => number,
): Generator<ArmTrial> {
  for (let unit = 0; unit < units; unit += 1) {
    const isChallenger = random() < share;
    yield { isChallenger, isEvent: random() < (isChallenger ? challenger : champion) };
  }
}

/** Share of simulated tests that find a difference when they are looked at after every 100 units. */
export function simulateDetections(
  tests: number,
  simulated: SimulatedTest,
  seed: number,
  level = 0.05,
): number {
  const random = createRandom(seed);
  let detected = 0;
  for (let test = 0; test < tests; test += 1) {
    // The p-value keeps the least it had: the last look knows what any look before would have said.
    if (testArms(drawTrials(simulated, random), simulated.share).pValue <= level) detected += 1;
  }
  return detected / tests;
}
