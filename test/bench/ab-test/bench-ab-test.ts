import { testArms, testDiscordant } from "../../../shared/comparison/arm-test.ts";
import { labelTestLevel, testLevel } from "../../../shared/comparison/comparison-report.ts";
import { createRandom } from "../../support/random.ts";
import { drawTrials, type SimulatedTest, simulateDetections } from "../../unit/comparison/simulated-test.ts";
import { renderTable } from "../table.ts";

const outcomes = [0.02, 0.1, 0.2, 0.5];
const shares = [0.1, 0.25, 0.5];
const units = [1_000, 2_000, 5_000, 10_000, 20_000];
const differences: [champion: number, challenger: number, share: number][] = [
  [0.2, 0.3, 0.5],
  [0.2, 0.3, 0.1],
  [0.2, 0.25, 0.5],
  [0.2, 0.25, 0.1],
  [0.1, 0.15, 0.5],
  [0.1, 0.12, 0.5],
  [0.3, 0.33, 0.5],
];
const powerTests = 200;
/** Photographs of which one of two equal versions alone is right, as chance has it. */
const distinguishingShare = 0.1;

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How often the A/B test finds a difference where there is none (docs/bench.md), and where there is one (docs/learning-loop.md). */
export async function benchAbTest(): Promise<string> {
  const falsePositives = renderTable(
    [
      "1,000 tests of equal versions, found of",
      ...outcomes.map((outcome) => `outcomes of ${percent(outcome)}`),
    ],
    shares.map((share, row) => [
      `share ${share}`,
      ...outcomes.map((outcome, column) => countFalsePositives(share, outcome, 1 + row * 10 + column)),
    ]),
  );
  const power = renderTable(
    [
      "unsure answers, champion to challenger",
      "share",
      ...units.map((count) => `${count.toLocaleString("en-US")} units`),
    ],
    differences.map(([champion, challenger, share], row) => [
      `${percent(champion)} to ${percent(challenger)}`,
      share,
      ...measurePower({ champion, challenger, share }, 100 + row),
    ]),
  );
  return `${falsePositives}\n\n${power}`;
}

/** As the command decides: unsure and wrong answers of the arms, and pairs, each at its level, looked at after every 100 of 5,000 units. */
function countFalsePositives(share: number, outcome: number, seed: number): number {
  const random = createRandom(seed * 7_919);
  const simulated = { units: 5_000, share, champion: outcome, challenger: outcome };
  let found = 0;
  for (let test = 0; test < 1_000; test += 1) {
    const unsure = testArms(drawTrials(simulated, random), share);
    const wrong = testArms(drawTrials(simulated, random), share);
    const pairs = Array.from({ length: simulated.units * distinguishingShare }, () => random() < 0.5);
    const isFound =
      unsure.pValue <= testLevel || Math.min(wrong.pValue, testDiscordant(pairs).pValue) <= labelTestLevel;
    if (isFound) found += 1;
  }
  return found;
}

function measurePower(simulated: Omit<SimulatedTest, "units">, seed: number): string[] {
  return units.map((count) =>
    percent(simulateDetections(powerTests, { ...simulated, units: count }, seed, testLevel)),
  );
}
