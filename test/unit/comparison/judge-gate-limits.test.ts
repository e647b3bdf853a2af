import { describe, expect, it } from "vitest";
import { comparePhotographs } from "../../../shared/comparison/compare-photographs.ts";
import { type AnsweredSet, type GateFacts, judgeGate } from "../../../shared/comparison/judge-gate.ts";
import type { GateReport } from "../../../shared/schemas/gate-report.ts";
import { gateSettings } from "../../../shared/settings/gate.ts";

const settings = gateSettings.parse({});
const labels = ["glaucoma", "normal"];

/** 100 photographs of glaucoma, of which the version names so many. */
const naming = (right: number): AnsweredSet => ({
  labels,
  photographs: Array.from({ length: 100 }, (_, index) => ({
    file: `${index}.jpg`,
    label: "glaucoma",
    source: "all",
    patient: `${index}`,
    probabilities: index < right ? [0.9, 0.1] : [0.1, 0.9],
  })),
});
const nothing: AnsweredSet = { labels, photographs: [] };

function factsOf(candidate: AnsweredSet, parts: Partial<GateFacts["evaluation"]> = {}): GateFacts {
  const { maximumMemoryMb, maximumInferenceMs, maximumCalibrationError, minimumStability } = settings;
  const atLimit = { kept: 1_000 * minimumStability, changed: 1_000 };
  return {
    problem: undefined,
    memoryMb: maximumMemoryMb,
    inferenceTimeMs: maximumInferenceMs,
    evaluation: {
      ...{ candidate, champion: naming(80), calibrationError: maximumCalibrationError },
      ...{ frame: atLimit, corruption: atLimit },
      ...parts,
    },
  };
}
const statusOf = ({ checks }: Pick<GateReport, "checks">) =>
  Object.fromEntries(checks.map(({ name, status }) => [name, status]));

describe("at a limit", () => {
  it("a measurement passes", () => {
    expect(statusOf(judgeGate(factsOf(naming(80)), settings))).toMatchObject({
      memory: "passed",
      latency: "passed",
      calibration: "passed",
      frame: "passed",
      corruption: "passed",
    });
  });

  it("a loss of sensitivity that reaches the margin fails, one just within it passes", () => {
    const [champion, candidate] = [naming(80), naming(76)];
    const { classes } = comparePhotographs(
      [champion.photographs, candidate.photographs],
      [labels, labels],
      [null, null],
    );
    const lost = -(classes[0]?.sensitivity.difference.low ?? 0);
    expect(lost).toBeGreaterThan(0.04);
    const judge = (margin: number) => statusOf(judgeGate(factsOf(candidate), { ...settings, margin }));
    expect(judge(lost)).toMatchObject({ sensitivity_glaucoma: "failed" });
    expect(judge(lost + 1e-9)).toMatchObject({ sensitivity_glaucoma: "passed" });
  });
});

it("where nothing was answered, nothing is checked, and the verdict is incomplete", () => {
  const none = { kept: 0, changed: 0 };
  const facts = factsOf(nothing, { calibrationError: null, frame: none, corruption: none });
  const judged = judgeGate(facts, settings);
  expect(judged.verdict).toBe("incomplete");
  expect(judged.checks.filter(({ status }) => status === "unchecked")).toEqual([
    { name: "sensitivity", status: "unchecked", text: "No photograph was answered by both versions" },
    ...["calibration", "frame", "corruption"].map((name) => ({
      ...{ name, status: "unchecked", text: "No photograph was answered" },
    })),
  ]);
});
