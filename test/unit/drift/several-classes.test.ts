import { describe, expect, it } from "vitest";
import { computeRealisedFigures } from "../../../shared/comparison/realised-figures.ts";
import { compareWindows } from "../../../shared/drift/compare-windows.ts";
import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import { compareClassMix } from "../../../shared/drift/figures/class-mix.ts";
import { estimateAccuracy } from "../../../shared/drift/judge-accuracy.ts";
import { parseReferenceWindow } from "../../../shared/drift/reference/reference-window.ts";
import { renderReferenceWindow } from "../../../shared/drift/reference/render-reference-window.ts";
import { mergeSummaries, summariseRecords } from "../../../shared/drift/summary/hour-summary.ts";
import type { AnalysedWindow } from "../../../shared/drift/window/analysed-window.ts";
import { computeRecentWindow } from "../../../shared/drift/window/recent-window.ts";
import { windowOfRows } from "../../../shared/drift/window/window-of-rows.ts";
import { createSummaryWindow } from "../../../shared/drift/window/window-of-summaries.ts";
import { renderDriftReportHtml } from "../../../shared/report/drift-report-html.ts";
import { hourSummarySchema, type PredictionGroup } from "../../../shared/schemas/hour-summary.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../support/prediction-records.ts";
import { createRandom } from "../../support/random.ts";

/** Answers of a version where several classes can be right; `shares` is how often each is named. */
function answer(count: number, seed: number, shares: Record<string, number>) {
  const random = createRandom(seed);
  return createPredictionRecords(count, () => {
    const named = Object.keys(shares).filter((name) => random() < (shares[name] as number));
    const probabilities = Object.fromEntries(
      Object.keys(shares).map((name) => [name, named.includes(name) ? 0.9 : 0.1]),
    );
    return { predicted_class: named[0] ?? "glaucoma", predicted_classes: named, probabilities };
  });
}
const usual = { cataract: 0.3, glaucoma: 0.3, macular: 0.1 };
const mixOf = (reference: object[], current: object[]) =>
  compareWindows(windowOfRows(reference as never), windowOfRows(current as never), {
    language: "en",
    minimumRecords: 50,
  }).find(({ name }) => name === "class_mix");

describe("answers of which several classes can be true", () => {
  it("count for each class that they name", () => {
    const records = createPredictionRecords(4, (index) => ({
      predicted_class: "glaucoma",
      predicted_classes: [["glaucoma", "cataract"], ["cataract"], [], ["cataract"]][index],
    }));
    expect(computeRecentWindow(records, 70).recent_class_ratio).toEqual({ cataract: 0.75, glaucoma: 0.25 });
    const { groups } = summariseRecords(records);
    expect(groups[0]?.class_counts).toEqual({ cataract: 3, glaucoma: 1 });
    expect(groups[0]?.least_sure.map(({ predicted_classes: classes }) => classes?.length).sort()).toEqual([
      0, 1, 1, 2,
    ]);
  });

  it("drift by the class whose share changed, and are ok while none did", () => {
    const reference = answer(600, 5, usual);
    expect(mixOf(reference, answer(200, 6, usual))).toMatchObject({ severity: "ok" });
    const changed = answer(200, 7, { ...usual, macular: 0.5 });
    expect(mixOf(reference, changed)).toMatchObject({
      severity: "drift",
      happened: expect.stringMatching(/macular went from \d+% to [45]\d%/),
    });
  });

  it("raise a false alarm of the mix in at most one window of twenty", () => {
    const alarms = Array.from({ length: 100 }, (_, round) =>
      compareClassMix(
        windowOfRows(answer(300, 1_000 + round, usual)),
        windowOfRows(answer(100, 5_000 + round, usual)),
        "en",
      ),
    ).filter((mix) => (mix?.p_value ?? 1) <= 0.05);
    expect(alarms.length).toBeLessThanOrEqual(8);
  });

  it("need no question of the mix where no answer names a class", () => {
    const healthy = answer(200, 8, { cataract: 0, glaucoma: 0 });
    expect(mixOf(healthy, healthy)).toBeUndefined();
    const report = computeDriftReport(healthy, defaultDriftSettings, new Date());
    expect(report).toMatchObject({ verdict: "ok", window: { recent_class_ratio: {} } });
    expect(renderDriftReportHtml(report)).toContain("<td>none</td>");
  });

  it("are the same in a reference window and in hour summaries", () => {
    const records = answer(400, 9, usual);
    const { rows } = parseReferenceWindow(renderReferenceWindow(records), "past predictions");
    const counts = windowOfRows(records).classes.counts;
    expect(windowOfRows(rows).classes.counts).toEqual(counts);
    const halves = [records.slice(0, 200), records.slice(200)].map((half) =>
      hourSummarySchema.parse(JSON.parse(JSON.stringify(summariseRecords(half)))),
    );
    const merged = halves.reduce(mergeSummaries).groups[0] as PredictionGroup;
    expect(merged.class_counts).toEqual(counts);
    const window = createSummaryWindow({}, 70);
    for (const half of halves) window.add(half);
    const summed = window.finish();
    const mix = compareWindows(windowOfRows(rows, true), summed as never, {
      language: "en",
      minimumRecords: 50,
    })[0];
    expect(mix).toMatchObject({ name: "class_mix", severity: "ok" });
  });

  it("are compared with a window of probabilities alone as with one that predict wrote", () => {
    /** As predict writes them: sure of nearly every class, and often without any that is true. */
    const predict = (count: number, seed: number) => {
      const random = createRandom(seed);
      return createPredictionRecords(count, () => {
        const probabilities = Object.fromEntries(
          Object.entries(usual).map(([name, share]) => {
            const doubt = random() / 4;
            return [name, random() < share ? 1 - doubt : doubt];
          }),
        );
        const certainty = Math.min(...Object.values(probabilities).map((p) => Math.max(p, 1 - p)));
        return {
          probabilities,
          predicted_class: "glaucoma",
          predicted_classes: Object.keys(probabilities).filter((name) => (probabilities[name] ?? 0) >= 0.5),
          confidence: Math.round(certainty * 10_000) / 100,
        };
      });
    };
    const lines = predict(400, 10).map(({ probabilities }) => `${JSON.stringify({ probabilities })}\n`);
    const reference = parseReferenceWindow(lines.join(""), "a validation set");
    const report = computeDriftReport(predict(100, 11), defaultDriftSettings, new Date(), reference);
    expect(report).toMatchObject({ verdict: "ok", causes: [] });
    expect(report.comparisons.map(({ name }) => name)).toContain("class_mix");
  });

  it("have no estimate of accuracy by confidence, which is that of the least sure verdict", () => {
    const rows = answer(200, 9, usual);
    const report = computeDriftReport(rows, defaultDriftSettings, new Date(), undefined);
    expect(report.estimated_accuracy).toMatchObject({ by_confidence: null });
    expect(renderDriftReportHtml(report)).toContain("not where several classes can be right");
    const window = createSummaryWindow({}, 70);
    window.add(summariseRecords(rows));
    expect(estimateAccuracy(window.finish() as AnalysedWindow, [])).toMatchObject({ by_confidence: null });
  });

  it("are right where they name the true class among others", () => {
    const { accuracy, classes } = computeRealisedFigures(
      [
        { label: "glaucoma", predicted_class: "cataract", predicted_classes: ["cataract", "glaucoma"] },
        { label: "cataract", predicted_class: "cataract", predicted_classes: [] },
      ],
      ["cataract", "glaucoma"],
    );
    expect(accuracy).toMatchObject({ value: 0.5 });
    expect(classes.map(({ sensitivity }) => sensitivity?.value)).toEqual([0, 1]);
  });
});
