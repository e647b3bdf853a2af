import { describe, expect, it } from "vitest";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import { computeImageMeasures } from "../../../../shared/image/measures/image-measures.ts";
import { describeVerdict } from "../../../../shared/report/advice.ts";
import type { ImageMeasures } from "../../../../shared/schemas/image-measures.ts";
import { predictionRecordSchema } from "../../../../shared/schemas/inference-record.ts";
import {
  createImageMeasures,
  createPredictionRecords,
  defaultDriftSettings,
} from "../../../support/prediction-records.ts";

const pictureOf = (value: number) =>
  computeImageMeasures({ data: new Float32Array(64 * 64 * 3).fill(value), width: 64, height: 64 });

const reportOf = (measuresOf: (index: number) => ImageMeasures, settings = defaultDriftSettings) =>
  computeDriftReport(
    createPredictionRecords(100, (index) => ({ image_measures: measuresOf(index) })),
    settings,
    new Date("2026-11-25T12:00:00Z"),
  );

const causesOf = (measuresOf: (index: number) => ImageMeasures) =>
  reportOf(measuresOf).causes.map(({ name }) => name);

describe("the picture rules", () => {
  it("find nothing among ordinary photographs", () => {
    const healthy = reportOf((index) => createImageMeasures(index));
    expect(healthy).toMatchObject({ verdict: "ok", drift_detected: false, causes: [] });
    expect(healthy.indicators).toHaveLength(7);
  });

  it("name 92 black pictures of 100 as dark pictures, whatever the model answers to them", () => {
    const black = reportOf((index) => (index < 8 ? createImageMeasures(index) : pictureOf(0)));
    expect(black).toMatchObject({ verdict: "drift", drift_detected: true });
    expect(black.causes[0]).toMatchObject({ name: "dark_pictures", severity: "drift" });
    expect(describeVerdict(black).verdict).toMatch(/^Drift: many pictures are black/);
  });

  it("say it in Portuguese when asked", () => {
    const report = reportOf(() => pictureOf(0), { ...defaultDriftSettings, language: "pt" });
    expect(report.causes[0]?.happened).toBe("muitas imagens estão pretas ou quase");
  });

  it.each([
    ["white", 255, "plain_pictures"],
    ["grey", 90, "plain_pictures"],
    ["nearly black", 6, "dark_pictures"],
  ])("know %s pictures", (_, value, name) => {
    expect(causesOf((index) => (index < 80 ? createImageMeasures(index) : pictureOf(value)))[0]).toBe(name);
  });

  it("know one photograph sent again and again", () => {
    expect(causesOf((index) => createImageMeasures(Math.min(index, 60)))).toEqual(["identical_pictures"]);
  });

  it.each([
    [10, "ok"],
    [11, "drift"],
  ])("give %d black pictures of 100 the verdict %s", (count, verdict) => {
    const noise = (index: number) => createImageMeasures(index, { brightness: 3, contrast: 2 + index / 100 });
    const report = reportOf((index) => (index < count ? noise(index) : createImageMeasures(index)));
    expect(report.verdict).toBe(verdict);
  });

  it("are not part of a report on records without measures, which are read on", () => {
    const records = createPredictionRecords(100);
    expect(predictionRecordSchema.parse(records[0])).not.toHaveProperty("image_measures");
    const report = computeDriftReport(records, defaultDriftSettings, new Date());
    expect(report).toMatchObject({ verdict: "ok" });
    expect(report.indicators).toHaveLength(4);
  });

  it("judge only once enough records carry measures", () => {
    const records = createPredictionRecords(100, (index) =>
      index < 30 ? { image_measures: pictureOf(0) } : {},
    );
    const report = computeDriftReport(records, defaultDriftSettings, new Date());
    expect(report.verdict).toBe("ok");
    expect(report.indicators.find(({ name }) => name === "dark_pictures")).toMatchObject({
      value: 1,
      drifted: null,
    });
  });
});

describe("the rules about decisions", () => {
  const judge = (decisions: readonly ("confident" | "uncertain" | "ungradable")[]) =>
    computeDriftReport(
      createPredictionRecords(100, (index) => {
        const decision = decisions[index];
        return decision === undefined ? {} : { decision };
      }),
      defaultDriftSettings,
      new Date(),
    );
  const share = (count: number, decision: "uncertain" | "ungradable") =>
    Array.from({ length: 100 }, (_, index) => (index < count ? decision : ("confident" as const)));

  it.each([
    ["ungradable", 30, []],
    ["ungradable", 31, ["ungradable_pictures"]],
    ["uncertain", 85, []],
    ["uncertain", 86, ["uncertain_answers"]],
  ] as const)("of %s answers, %d of 100 drift: %j", (decision, count, causes) => {
    expect(judge(share(count, decision)).causes.map(({ name }) => name)).toEqual(causes);
  });

  it("are not part of a report on records without decisions, and judge nothing of too few", () => {
    expect(judge([]).indicators.map(({ needs }) => needs)).not.toContain("decision");
    const few = judge(share(40, "ungradable").slice(0, 40)).indicators;
    expect(few.find(({ name }) => name === "ungradable_pictures")).toMatchObject({ value: 1, drifted: null });
  });
});
