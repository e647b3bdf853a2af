import { describe, expect, it } from "vitest";
import { comparePhotographs } from "../../../shared/comparison/compare-photographs.ts";
import type { LoggedAnswers } from "../../../shared/comparison/compare-versions.ts";
import { computeLogComparison } from "../../../shared/comparison/comparison-report.ts";
import { listComparisonMetrics } from "../../../shared/comparison/list-metrics.ts";
import { renderComparisonHtml } from "../../../shared/report/comparison-html.ts";
import { renderComparisonRun } from "../../../shared/report-runs/comparison-run.ts";
import { comparisonReportSchema } from "../../../shared/schemas/comparison-report.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { createImageMeasures } from "../../support/prediction-records.ts";
import { createRandom, shuffle } from "../../support/random.ts";
import { answerOf, assignedAnswers, modelOf, shadowOf } from "./records-of.ts";

const compare = (log: Partial<LoggedAnswers>, ended?: string) =>
  computeLogComparison({ predictions: [], shadows: [], labels: new Map(), ...log }, ["6", "7"], {
    model: "eyes",
    compared_at: "2026-11-28T12:00:00.000Z",
    period: { from: "2026-11-01T00:00:00.000Z", to: "2026-11-28T12:00:00.000Z", complete: true },
    history: [{ version: "6", since: "2026-11-01T00:00:00.000Z", until: null, by: "ana" }],
    ended,
  });

const labelAll = (predictions: readonly PredictionRecord[], label: (index: number) => string) =>
  new Map(predictions.map(({ prediction_id: id }, index) => [id, label(index)]));

describe("the shadow", () => {
  const predictions = Array.from({ length: 40 }, (_, index) => answerOf(index, "6", "normal"));
  const shadows = predictions.map((prediction, index) =>
    shadowOf(prediction, "7", index === 0 ? null : index <= 10 ? "glaucoma" : "normal"),
  );

  it("shows agreement, what failed, and the photographs about which the versions differ", () => {
    const report = compare({ predictions, shadows });
    expect(report.agreement?.value).toBeCloseTo(29 / 39);
    expect(report.differing).toHaveLength(10);
    expect(report.differing[0]).toEqual({
      id: predictions[1]?.prediction_id,
      first: "normal",
      second: "glaucoma",
      label: null,
    });
    expect(report.versions?.[1]).toMatchObject({ answers: 0, shadow_answers: 39, failures: 1 });
    expect(report.verdict).toMatch(
      /^Version 7 and version 6 named the same class for 74\.4 % of the photographs/,
    );
  });

  it("counts every class that an answer names, where several can be right", () => {
    const several = Array.from({ length: 4 }, (_, index) =>
      answerOf(index, "6", "normal", { predicted_classes: ["normal", "glaucoma"] }),
    );
    const { versions } = compare({ predictions: several, labels: labelAll(several, () => "glaucoma") });
    expect(versions?.[0]).toMatchObject({
      class_ratio: { normal: 1, glaucoma: 1 },
      realised: { labelled: 4, accuracy: { value: 1 } },
    });
  });

  it("finds no difference where the versions agree about every photograph", () => {
    const same = predictions.map((prediction) => shadowOf(prediction, "7", "normal"));
    expect(compare({ predictions, shadows: same }).verdict).toMatch(/^No difference .* was found yet/);
  });

  it("says that there is nothing to compare where no photograph was answered by both and there was no test", () => {
    const apart = [...predictions, answerOf(40, "7", "glaucoma")];
    expect(compare({ predictions: apart }).verdict).toBe(
      "There is nothing to compare: no photograph was answered by both version 6 and version 7, and there was no A/B test of version 7 against version 6. " +
        "Let both answer a folder: npm run compare -- 6 7 --photographs FOLDER",
    );
  });

  it("judges neither agreement nor labels of versions with other classes", () => {
    const others = predictions.map((prediction) => shadowOf(prediction, "7", "drusen"));
    const labels = labelAll(predictions, () => "normal");
    expect(compare({ predictions, shadows: others, labels })).toMatchObject({
      finding: "unknown",
      verdict:
        "Version 7 and version 6 do not have the same classes: only one of them has drusen. " +
        "Neither their agreement nor labels can say which of them is better.",
    });
  });

  it("with labels finds who is right of the same photographs", () => {
    const report = compare({ predictions, shadows, labels: labelAll(predictions, () => "glaucoma") });
    expect(report.paired).toMatchObject({ pairs: 39, firstAlone: 0, secondAlone: 10 });
    expect(report.versions?.[0]?.realised.accuracy.value).toBe(0);
    expect(report.versions?.[1]?.realised.accuracy.value).toBeCloseTo(10 / 39);
  });

  it.each([
    ["glaucoma", "better"],
    ["normal", "worse"],
  ])("says who is right by labels of %s: the challenger is %s", (label, word) => {
    const all = predictions.map((prediction) => shadowOf(prediction, "7", "glaucoma"));
    const report = compare({ predictions, shadows: all, labels: labelAll(predictions, () => label) });
    expect(report.verdict).toBe(
      `Version 7 is ${word} than version 6 by clinicians' labels of the same photographs.`,
    );
  });

  it("counts the first photograph of each key, and without keys each picture once", () => {
    const parts = (index: number): Partial<PredictionRecord>[] => [
      { experiment: { challenger_version: "7", arm: "champion", share: 0.5, unit: `unit-${index % 3}` } },
      { image_measures: createImageMeasures(index % 3) },
      { image_measures: createImageMeasures(index) },
    ];
    const pairsOf = (part: number) => {
      const given = predictions.map((prediction, index) => ({ ...prediction, ...parts(index)[part] }));
      const all = given.map((prediction) => shadowOf(prediction, "7", "glaucoma"));
      return compare({ predictions: given, shadows: all, labels: labelAll(given, () => "glaucoma") });
    };
    expect(pairsOf(0).paired).toMatchObject({ pairs: 3, secondAlone: 3, sequential: { trials: 3 } });
    expect(pairsOf(1).paired).toMatchObject({ pairs: 3, secondAlone: 3, sequential: { trials: 3 } });
    expect(pairsOf(1).finding).toBe("unknown");
    expect(pairsOf(2).paired).toMatchObject({ pairs: 40, sequential: { trials: 40 } });
  });

  it("shows what labels say of the same photographs, beside what they say of all that each answered", () => {
    // The challenger's process skipped most photographs, and those are the ones that the champion got right.
    const few = shadows.slice(1, 6);
    const labels = labelAll(predictions, (index) => (index <= 10 ? "glaucoma" : "normal"));
    const { paired, versions } = compare({ predictions, shadows: few, labels });
    expect(versions?.map(({ realised }) => [realised.labelled, realised.accuracy.value])).toEqual([
      [40, 29 / 40],
      [5, 1],
    ]);
    expect(paired?.realised.map(({ labelled, accuracy }) => [labelled, accuracy.value])).toEqual([
      [5, 0],
      [5, 1],
    ]);
  });

  it("finds who is right at 0.0125, because wrong answers are tested between the arms, too", () => {
    const judge = (count: number) => {
      const all = predictions.slice(0, count).map((prediction) => shadowOf(prediction, "7", "glaucoma"));
      return compare({ predictions, shadows: all, labels: labelAll(predictions, () => "glaucoma") });
    };
    const reports = Array.from({ length: 40 }, (_, index) => judge(index + 1));
    const pValueOf = ({ paired }: (typeof reports)[number]) => paired?.sequential.pValue ?? 1;
    const between = reports.find((report) => pValueOf(report) <= 0.025 && pValueOf(report) > 0.0125);
    expect(between?.finding).toBe("unknown");
    expect(between?.verdict).toMatch(/cannot be told from so few photographs about which they differ/);
    expect(reports.find((report) => pValueOf(report) <= 0.0125)?.finding).toBe("better");
  });

  it("tests pairs in the order in which labels came, and names none once the counts are equal", () => {
    const given = Array.from({ length: 400 }, (_, index) => answerOf(index, "6", "normal"));
    const all = given.map((prediction) => shadowOf(prediction, "7", "glaucoma"));
    const labels = labelAll(given, (index) => (index < 200 ? "normal" : "glaucoma"));
    const inOrder = compare({ predictions: given, shadows: all, labels });
    expect(inOrder.paired?.sequential.pValue).toBeLessThan(0.001);
    expect(inOrder.paired?.sequential.direction).toBe(-1);
    expect(inOrder.finding).toBe("unknown");
    const shuffled = new Map(shuffle([...labels], createRandom(1)));
    const { paired } = compare({ predictions: given, shadows: all, labels: shuffled });
    expect(paired?.sequential.pValue).toBeGreaterThan(0.05);
  });

  it("counts the photograph of a unit that was labelled first", () => {
    const experiment = { challenger_version: "7", arm: "champion", share: 0.5, unit: "key" } as const;
    const given = predictions.slice(0, 2).map((prediction) => ({ ...prediction, experiment }));
    const [early, late] = given.map(({ prediction_id: id }) => id);
    const { paired } = compare({
      predictions: given,
      shadows: given.map((prediction) => shadowOf(prediction, "7", "glaucoma")),
      labels: new Map([
        [late ?? "", "glaucoma"],
        [early ?? "", "normal"],
      ]),
    });
    expect(paired).toMatchObject({ firstAlone: 0, secondAlone: 1 });
  });

  it("keeps the time in the shadow, where requests go first, apart from that of answers to callers", () => {
    const own = answerOf(50_000, "7", "normal", { inference_time_ms: 3 });
    const { versions } = compare({ predictions: [...predictions, own], shadows });
    expect(versions?.[1]).toMatchObject({
      inference_time_ms: { p50: 3, p95: 3 },
      shadow_time_ms: { p50: 12, p95: 12 },
    });
    expect(versions?.[0]?.shadow_time_ms.p50).toBeNull();
  });

  it("shows each version's answer as its own, whichever of them served", () => {
    const served = predictions.map((prediction) => ({ ...prediction, model: modelOf("7") }));
    const report = compare({
      predictions: served,
      shadows: served.map((prediction) => shadowOf(prediction, "6", "glaucoma")),
      labels: labelAll(served, () => "normal"),
    });
    expect(report.differing[0]).toMatchObject({ first: "glaucoma", second: "normal" });
    expect(report.paired).toMatchObject({ firstAlone: 0, secondAlone: 40 });
  });

  it("skips other versions", () => {
    const others = predictions.map((prediction) => ({ ...prediction, model: modelOf("5") }));
    const report = compare({
      predictions: others,
      shadows: others.map((other) => shadowOf(other, "7", "normal")),
    });
    expect(report.agreement).toBeNull();
    expect(report.verdict).toMatch(/^There is nothing to compare yet: version 6 answered no photograph/);
  });
});

describe("an A/B test", () => {
  it("of equal versions finds no difference and no guardrail broken", () => {
    const predictions = assignedAnswers(2_000, (index) => ({
      decision: index % 5 === 0 ? "uncertain" : "confident",
    }));
    const { ab_test: test, verdict } = compare({ predictions });
    expect(test).toMatchObject({ units: 2_000, share: 0.5, ended: null });
    expect(test?.sample_ratio.pValue).toBeGreaterThan(0.05);
    expect(test?.unsure.pValue).toBeGreaterThan(0.05);
    expect(test?.guardrails.filter(({ isBroken }) => isBroken)).toEqual([]);
    expect(verdict).toMatch(/^No difference/);
  });

  it("finds by labels which version is better", () => {
    const predictions = assignedAnswers(2_000, () => ({}));
    const labels = labelAll(predictions, (index) => {
      const isChallenger = Math.floor(index / 4) % 2 === 1;
      return index % 10 < (isChallenger ? 1 : 4) ? "glaucoma" : "normal";
    });
    const report = compare({ predictions, labels });
    expect(report.ab_test?.wrong.pValue).toBeLessThan(0.001);
    expect(report.verdict).toBe("Version 7 is better than version 6 by clinicians' labels.");
    expect(report.ab_test?.wrong).toMatchObject({ champion: { value: 0.4 }, challenger: { value: 0.1 } });
  });

  it("says who is better by the arms alone, whatever the versions answered before", () => {
    const test = assignedAnswers(2_000, () => ({}));
    const before = Array.from({ length: 4_000 }, (_, index) => answerOf(-4_000 + index, "6", "normal"));
    const labels = new Map([
      ...labelAll(before, () => "normal"),
      ...labelAll(test, (index) => {
        const isChallenger = Math.floor(index / 4) % 2 === 1;
        return index % 10 < (isChallenger ? 2 : 5) ? "glaucoma" : "normal";
      }),
    ]);
    const report = compare({ predictions: [...before, ...test], labels });
    expect(report.versions?.[0]?.realised.accuracy.value).toBeGreaterThan(0.8);
    expect(report.versions?.[1]?.realised.accuracy.value).toBe(0.8);
    expect(report.finding).toBe("better");
  });

  it("does not take more labels of one arm for a difference", () => {
    // Both are wrong about a fifth, and doubtful answers are labelled sooner, of which the challenger has more.
    const random = createRandom(7);
    const predictions = assignedAnswers(6_000, () => ({}));
    const reports = Array.from({ length: 20 }, () => {
      const labelled = predictions.filter(({ experiment }) => {
        const isDoubtful = random() < (experiment?.arm === "challenger" ? 0.35 : 0.28);
        return random() < (isDoubtful ? 0.9 : 0.05);
      });
      return compare({
        predictions,
        labels: labelAll(labelled, () => (random() < 0.2 ? "glaucoma" : "normal")),
      });
    });
    expect(reports.filter(({ finding }) => finding !== "unknown")).toEqual([]);
    expect(reports.some(({ verdict }) => verdict.includes("were not labelled equally often"))).toBe(true);
  });

  it("does not say which version is better where one arm was labelled less often, or not at all", () => {
    const predictions = assignedAnswers(2_000, () => ({}));
    const isOfChallenger = ({ experiment }: PredictionRecord) => experiment?.arm === "challenger";
    const compareLabelled = (labelled: readonly PredictionRecord[]) =>
      compare({
        predictions,
        labels: new Map(
          labelled.map((record, index) => [
            record.prediction_id,
            index % 10 < (isOfChallenger(record) ? 8 : 1) ? "glaucoma" : "normal",
          ]),
        ),
      });
    for (const labelled of [
      predictions.filter((record, index) => isOfChallenger(record) || index % 3 === 0),
      predictions.filter(isOfChallenger),
    ]) {
      const { finding, verdict } = compareLabelled(labelled);
      expect(finding).toBe("unknown");
      expect(verdict).toMatch(
        /^Answers of version 7 and of version 6 were not labelled equally often in the A\/B test, so its labels do not say/,
      );
    }
    expect(compareLabelled(predictions).finding).toBe("worse");
  });

  describe("of versions that are wrong equally often, the challenger on the first photographs", () => {
    const predictions = assignedAnswers(2_000, () => ({}));
    const labelOf = ({ experiment }: PredictionRecord, index: number) =>
      (experiment?.arm === "challenger") === index < 1_000 ? "glaucoma" : "normal";
    const labels = labelAll(predictions, (index) => labelOf(predictions[index] as PredictionRecord, index));

    it("tests in the order in which labels came, so that a late one changes nothing of the past", () => {
      const inLabelOrder = new Map(shuffle([...labels], createRandom(1)));
      expect(compare({ predictions, labels }).ab_test?.wrong).toMatchObject({ direction: 1 });
      expect(compare({ predictions, labels }).ab_test?.wrong.pValue).toBeLessThan(0.001);
      expect(compare({ predictions, labels: inLabelOrder }).ab_test?.wrong.pValue).toBeGreaterThan(0.05);
    });

    it("says of none that it is worse once the counts are equal", () => {
      expect(compare({ predictions, labels }).finding).toBe("unknown");
    });
  });

  it("counts the first answer to a key alone: those that follow depend on it", () => {
    const predictions = assignedAnswers(400, (_, isChallenger) => ({
      experiment: {
        challenger_version: "7",
        arm: isChallenger ? "challenger" : "champion",
        share: 0.5,
        unit: isChallenger ? "clinic-1" : "clinic-2",
      },
      decision: isChallenger ? "uncertain" : "confident",
    }));
    const { ab_test: test } = compare({ predictions });
    expect(test?.units).toBe(2);
    expect(test?.unsure.pValue).toBeGreaterThan(0.05);
  });

  it.each([
    ["failures", (_: number, isChallenger: boolean) => (isChallenger ? { model: modelOf("6") } : {})],
    ["latency", (_: number, isChallenger: boolean) => ({ inference_time_ms: isChallenger ? 60 : 10 })],
    [
      "unsure_answers",
      (index: number, isChallenger: boolean) => ({
        decision: (index % 10 < (isChallenger ? 5 : 1) ? "uncertain" : "confident") as
          | "uncertain"
          | "confident",
      }),
    ],
  ])("breaks the guardrail %s", (name, answer) => {
    const { ab_test: test, verdict } = compare({ predictions: assignedAnswers(800, answer) });
    expect(test?.guardrails.filter(({ isBroken }) => isBroken).map((guardrail) => guardrail.name)).toEqual([
      name,
    ]);
    expect(verdict).toMatch(/^A guardrail is broken/);
  });

  it("whose arms did not get their share is not believed", () => {
    const predictions = assignedAnswers(1_000, () => ({})).filter(
      ({ experiment }, index) => experiment?.arm === "champion" || index % 3 > 0,
    );
    expect(compare({ predictions }).verdict).toMatch(/do not rely on the figures/);
  });

  it("that was ended says why", () => {
    const predictions = assignedAnswers(100, () => ({}));
    expect(compare({ predictions }, "too slow").verdict).toBe("The test of version 7 was ended: too slow");
  });

  it("whose share was changed is judged from the change on", () => {
    const predictions = assignedAnswers(300, (index, isChallenger) => ({
      experiment: {
        challenger_version: "7",
        arm: isChallenger ? "challenger" : "champion",
        share: index < 200 ? 0.1 : 0.5,
        unit: `unit-${index}`,
      },
    }));
    expect(compare({ predictions }).ab_test).toMatchObject({ units: 100, share: 0.5 });
  });
});

describe("the report", () => {
  const predictions = assignedAnswers(200, () => ({}));
  const report = compare({
    predictions,
    shadows: predictions
      .filter(({ model }) => model.version === "6")
      .map((given) => shadowOf(given, "7", "<b>")),
    labels: labelAll(predictions, () => "normal"),
  });

  it("is what its contract says", () => {
    expect(comparisonReportSchema.parse(report)).toEqual(report);
  });

  it("is a page with every table, in which nothing of the records is markup", () => {
    const page = renderComparisonHtml(report);
    for (const text of [
      "What they answered",
      "By clinicians",
      "Sample ratio",
      "Guardrails",
      "Who served",
      "differ",
    ])
      expect(page).toContain(text);
    expect(page).toContain("of the photographs that both answered");
    expect(page).not.toContain("<b>");
    expect(page).toContain("&lt;b&gt;");
  });

  it.each([
    ["a better version", { ...report, finding: "better" }, "ok"],
    ["a worse version", { ...report, finding: "worse" }, "drift"],
    [
      "versions of which nobody knows which is better",
      { ...report, finding: "unknown", verdict: "Which of them is better is not known yet" },
      "insufficient_data",
    ],
  ] as const)("has the colour of its finding: %s", (_, of, tone) => {
    expect(renderComparisonHtml(of)).toContain(`class="verdict ${tone}"`);
  });

  it("limits to the differences what it says of patients with several photographs", () => {
    const photograph = { file: "a.jpg", source: "a", patient: "p", label: "normal", probabilities: [1] };
    const photographs = comparePhotographs([[photograph], [photograph]], [["normal"], ["normal"]], [0, 0]);
    expect(renderComparisonHtml({ ...report, photographs })).toMatch(
      /how much more often a version is right, photographs of one patient count as fewer; the other intervals, and p, hold only where no patient has several\./,
    );
  });

  it("numbers the photographs of a folder in MLflow, where the names of their files would stay", () => {
    const labels = ["normal", "glaucoma"];
    const answered = (probabilities: number[]) => ({
      ...{ file: "maria-silva.jpg", source: "a", patient: "p", label: "normal", probabilities },
    });
    const photographs = comparePhotographs(
      [[answered([1, 0])], [answered([0, 1])]],
      [labels, labels],
      [0, 0],
      [{ file: "john-roe.jpg", reason: "Expected a photograph" }],
    );
    const files = renderComparisonRun({ ...report, photographs }).files.map(({ text }) => text);
    for (const text of files) expect(text).not.toMatch(/silva|roe/);
    expect(JSON.parse(files[1] ?? "")).toMatchObject({
      photographs: {
        differing: [{ id: "photograph 1", first: "normal", second: "glaucoma", label: "normal" }],
        unanswered: [{ file: "photograph 2", reason: "Expected a photograph" }],
      },
    });
  });

  it("gives metrics with intervals", () => {
    expect(listComparisonMetrics(report, (label) => label)).toMatchObject({
      agreement: 0,
      first_realised_accuracy: 1,
      first_realised_accuracy_low: expect.any(Number),
      second_realised_sensitivity_normal: 0.5,
      ab_units: 200,
      ab_wrong_p_value: expect.any(Number),
    });
  });
});
