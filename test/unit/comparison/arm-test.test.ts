import { describe, expect, it } from "vitest";
import { testArms, testDiscordant, testSampleRatio } from "../../../shared/comparison/arm-test.ts";
import { createBinomialTest } from "../../../shared/comparison/e-process.ts";
import { simulateDetections } from "./simulated-test.ts";

describe("the e-process", () => {
  it("is the beta-binomial likelihood over the null's", () => {
    const test = createBinomialTest(0.5);
    for (const isSuccess of [true, true, false]) test.add(isSuccess);
    // B(25 + 2, 25 + 1) / B(25, 25) over 1/8: (25 · 26 · 25) / (50 · 51 · 52) · 8
    expect(Math.exp(test.logE())).toBeCloseTo(((25 * 26 * 25) / (50 * 51 * 52)) * 8, 12);
  });

  it("is a martingale under the null: its mean over all outcomes of 8 trials is 1", () => {
    const chance = 0.2;
    let mean = 0;
    for (let outcome = 0; outcome < 256; outcome += 1) {
      const test = createBinomialTest(chance);
      let probability = 1;
      for (let trial = 0; trial < 8; trial += 1) {
        const isSuccess = ((outcome >> trial) & 1) === 1;
        test.add(isSuccess);
        probability *= isSuccess ? chance : 1 - chance;
      }
      mean += probability * Math.exp(test.logE());
    }
    expect(mean).toBeCloseTo(1, 10);
  });

  it("asks for a chance", () => {
    expect(() => createBinomialTest(0)).toThrow("Expected a chance between 0 and 1 but received 0");
  });
});

describe("300 simulated A/A tests of 5,000 units, looked at after every 100", () => {
  it.each([
    [0.5, 0.2, 1],
    [0.1, 0.35, 2],
    [0.5, 0.02, 3],
  ])("of share %f and an outcome of %f find a difference in at most 5 %%", (share, chance, seed) => {
    const simulated = { units: 5_000, share, champion: chance, challenger: chance };
    expect(simulateDetections(300, simulated, seed)).toBeLessThanOrEqual(0.05);
  });
});

it("what was found at one look is found at every later one", () => {
  const trials = Array.from({ length: 2_000 }, (_, unit) => ({
    isChallenger: unit % 2 === 0,
    isEvent: unit < 400 && unit % 2 === 0,
  }));
  const pValues = [400, 1_000, 2_000].map((units) => testArms(trials.slice(0, units), 0.5).pValue);
  expect(pValues[0]).toBeLessThan(0.001);
  expect(pValues[1]).toBeLessThanOrEqual(pValues[0] ?? 0);
  expect(pValues[2]).toBeLessThanOrEqual(pValues[1] ?? 0);
});

describe("a difference", () => {
  it("of 15 points in 20 is found in 5,000 units nearly always, of 0 hardly ever", () => {
    const simulated = { units: 5_000, share: 0.5, champion: 0.2 };
    expect(simulateDetections(100, { ...simulated, challenger: 0.35 }, 4)).toBeGreaterThan(0.99);
    expect(simulateDetections(100, { ...simulated, challenger: 0.2 }, 5)).toBeLessThanOrEqual(0.05);
  });

  it("between paired answers is found by those where one alone is right", () => {
    expect(testDiscordant(Array.from({ length: 60 }, () => true)).pValue).toBeLessThan(0.001);
    expect(testDiscordant(Array.from({ length: 60 }, (_, index) => index % 2 === 0)).pValue).toBe(1);
  });
});

describe("the sample ratio", () => {
  it("is noticed when it is not what was asked for", () => {
    const arms = (challengers: number) =>
      Array.from({ length: 2_000 }, (_, i) => (i * challengers) % 2_000 < challengers);
    expect(testSampleRatio(arms(1_000), 0.5).pValue).toBeGreaterThan(0.05);
    expect(testSampleRatio(arms(800), 0.5).pValue).toBeLessThan(0.001);
  });
});
