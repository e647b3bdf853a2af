import { describe, expect, it } from "vitest";
import { type GateEvaluation, type GateFacts, judgeGate } from "../../../shared/comparison/judge-gate.ts";
import { describeGate, renderGateHtml } from "../../../shared/report/gate-html.ts";
import type { GateReport } from "../../../shared/schemas/gate-report.ts";
import { gateSettings } from "../../../shared/settings/gate.ts";

const settings = gateSettings.parse({});
const labels = ["glaucoma", "normal"];

/** Photographs, so many of each class answered rightly. */
const answers = (right: Record<string, number>, count = 200) =>
  labels.flatMap((label) =>
    Array.from({ length: count }, (_, index) => {
      const isRight = index < (right[label] ?? 0);
      const named = isRight ? label : labels.find((other) => other !== label);
      return {
        file: `${label}/${index}`,
        label,
        source: "all",
        patient: `${label}/${index}`,
        probabilities: labels.map((candidate) => (candidate === named ? 0.9 : 0.1)),
      };
    }),
  );

function evaluationOf(candidate: Record<string, number>, parts: Partial<GateEvaluation> = {}, count = 200) {
  const champion = answers({ glaucoma: 0.8 * count, normal: 0.9 * count }, count);
  return {
    candidate: { labels, photographs: answers(candidate, count) },
    champion: { labels, photographs: champion },
    calibrationError: 0.06,
    frame: { kept: 90, changed: 100 },
    corruption: { kept: 80, changed: 100 },
    ...parts,
  };
}

const good: GateFacts = {
  problem: undefined,
  memoryMb: 180,
  inferenceTimeMs: 8,
  evaluation: evaluationOf({ glaucoma: 160, normal: 180 }),
};
const judge = (facts: Partial<GateFacts>) => judgeGate({ ...good, ...facts }, settings);
const failuresOf = (facts: Partial<GateFacts>) =>
  judge(facts)
    .checks.filter(({ status }) => status === "failed")
    .map(({ name }) => name);

const report = (facts: Partial<GateFacts>, forced: string | null = null): GateReport => ({
  model: "eyes",
  version: "7",
  serving: "6",
  pointer: "Production",
  checked_at: "2026-11-28T12:00:00.000Z",
  checked_by: "ana",
  evaluation_set: { photographs: 400, answered: 400, sha256: "ab".repeat(32) },
  ...judge(facts),
  forced,
  history: [{ version: "6", since: "2026-11-01T00:00:00.000Z", until: null, by: "<ana>" }],
});

describe("the gate", () => {
  it("lets a version pass that is as good as the one that serves", () => {
    expect(judge({})).toMatchObject({ verdict: "passed" });
    expect(judge({}).checks.map(({ name }) => name)).toEqual([
      "loadable",
      "memory",
      "latency",
      "sensitivity_glaucoma",
      "sensitivity_normal",
      "calibration",
      "frame",
      "corruption",
    ]);
  });

  it.each<[string, Partial<GateFacts>, string[]]>([
    ["cannot be loaded", { problem: "its weights are broken" }, ["loadable"]],
    ["needs more memory", { memoryMb: 1_770 }, ["memory"]],
    ["is slow", { inferenceTimeMs: 1_001 }, ["latency"]],
    [
      "finds one class less often, whatever it gains elsewhere",
      { evaluation: evaluationOf({ glaucoma: 130, normal: 200 }) },
      ["sensitivity_glaucoma"],
    ],
    [
      "is not calibrated",
      { evaluation: evaluationOf({ glaucoma: 160, normal: 180 }, { calibrationError: 0.16 }) },
      ["calibration"],
    ],
    [
      "follows the frame",
      { evaluation: evaluationOf({ glaucoma: 160, normal: 180 }, { frame: { kept: 79, changed: 100 } }) },
      ["frame"],
    ],
    [
      "follows the quality of the picture",
      { evaluation: evaluationOf({ glaucoma: 160, normal: 180 }, { corruption: { kept: 1, changed: 100 } }) },
      ["corruption"],
    ],
  ])("refuses one that %s", (_, facts, failures) => {
    expect(failuresOf(facts)).toEqual(failures);
    expect(judge(facts).verdict).toBe("failed");
  });

  it("is not convinced by few photographs", () => {
    const evaluation = evaluationOf({ glaucoma: 8, normal: 9 }, {}, 10);
    expect(failuresOf({ evaluation })).toEqual(["sensitivity_glaucoma", "sensitivity_normal"]);
    const reasonOf = (facts: Partial<GateFacts>) =>
      judge(facts).checks.find(({ name }) => name === "sensitivity_glaucoma")?.text;
    expect(reasonOf({ evaluation })).toMatch(/: too few photographs to show that it is not inferior$/);
    const inferior = evaluationOf({ glaucoma: 130, normal: 200 });
    expect(reasonOf({ evaluation: inferior })).toMatch(/must lie above -0\.1$/);
  });

  // A version that loses a tenth of a class loses none of 18 photographs in 15 % of cases, and none of 35 in 2.5 %.
  it.each([
    [34, ["sensitivity_glaucoma", "sensitivity_normal"]],
    [35, []],
  ])("is convinced by %i photographs that are all answered alike only if they suffice", (count, failures) => {
    const all = answers({ glaucoma: count, normal: count }, count);
    const sets = { candidate: { labels, photographs: all }, champion: { labels, photographs: all } };
    expect(failuresOf({ evaluation: evaluationOf({}, sets, count) })).toEqual(failures);
  });

  it("does not let a class pass that no photograph of the evaluation set shows", () => {
    const right = { glaucoma: 160, normal: 180 };
    const candidate = { labels: [...labels, "cataract"], photographs: answers(right) };
    const evaluation = evaluationOf(right, { candidate });
    expect(judge({ evaluation }).verdict).toBe("incomplete");
    expect(describeGate(report({ evaluation }))).toBe("Nothing failed. Not checked: sensitivity cataract.");
  });

  it("says what it could not check, and calls it neither passed nor failed", () => {
    const withoutSet = judge({ evaluation: undefined });
    expect(withoutSet.verdict).toBe("incomplete");
    expect(withoutSet.checks.filter(({ status }) => status === "unchecked").map(({ name }) => name)).toEqual([
      "sensitivity",
      "calibration",
      "frame",
      "corruption",
    ]);
    const first = judge({ evaluation: evaluationOf({}, { champion: undefined }) });
    expect(first.verdict).toBe("incomplete");
    const nothingAltered = { kept: 0, changed: 0 };
    expect(
      judge({ evaluation: evaluationOf({ glaucoma: 160, normal: 180 }, { frame: nothingAltered }) }),
    ).toMatchObject({ verdict: "incomplete" });
  });
});

describe("the gate's report", () => {
  it("is a sentence", () => {
    expect(describeGate(report({}))).toBe("It passed every check.");
    expect(describeGate(report({ memoryMb: 9_000, inferenceTimeMs: undefined }, "new camera"))).toBe(
      "The gate refuses it: memory. Not checked: latency. It was moved anyway: new camera.",
    );
    expect(describeGate({ ...report({ evaluation: undefined }), evaluation_set: null })).toBe(
      "Nothing failed. Not checked: sensitivity, calibration, frame, corruption. They need labelled photographs: set EVALUATION_SET to a folder of them.",
    );
  });

  it("says why a version of which several classes can be true is not asked, and names no set as the remedy", () => {
    const unevaluated = "Several classes can be true";
    const { checks, verdict } = judge({ evaluation: undefined, unevaluated });
    expect(verdict).toBe("incomplete");
    expect(checks.filter(({ status }) => status === "unchecked").map(({ text }) => text)).toEqual(
      Array(4).fill(unevaluated),
    );
    const sentence = describeGate({
      ...report({ evaluation: undefined, unevaluated }),
      evaluation_set: null,
    });
    expect(sentence).toBe("Nothing failed. Not checked: sensitivity, calibration, frame, corruption.");
  });

  it("says how many photographs of the set were answered", () => {
    const partly = { photographs: 10, answered: 4, sha256: "ab".repeat(32) };
    expect(renderGateHtml({ ...report({}), evaluation_set: partly })).toContain(
      "by 10 photographs, 4 of them answered (abababababab)",
    );
  });

  it("is a page with every check and who served, in which nothing is markup that should not be", () => {
    const page = renderGateHtml(report({ memoryMb: 9_000 }));
    for (const text of ["sensitivity glaucoma", "9000 MB", "Who served", "400 photographs (abababababab)"])
      expect(page).toContain(text);
    expect(page).not.toContain("<ana>");
  });
});
