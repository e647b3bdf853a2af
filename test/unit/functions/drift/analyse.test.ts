import { describe, expect, it } from "vitest";
import { type AnalyseDependencies, createAnalyse } from "../../../../functions/drift/analyse.ts";
import { lastPredictions } from "../../../../shared/drift/drift-report.ts";
import { windowOfRecords } from "../../../../shared/drift/window/window-of-records.ts";
import { describeVerdict } from "../../../../shared/report/advice.ts";
import type { DriftReport } from "../../../../shared/schemas/drift-report.ts";
import {
  createImageMeasures,
  createPredictionRecords,
  defaultDriftSettings,
} from "../../../support/prediction-records.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";

const tracked = { runName: "drift_report_1", runId: "abc", url: "http://localhost/#/experiments/1/runs/abc" };

/** The job with every edge replaced; `calls` lists what was done, in order. */
function prepare(overrides: Partial<AnalyseDependencies> = {}) {
  const calls: string[] = [];
  const failedParts: number[] = [];
  const log = createRecordedLog();
  const done =
    <T>(name: string, result: T) =>
    async () => {
      calls.push(name);
      return result;
    };
  const analyse = createAnalyse({
    settings: defaultDriftSettings,
    readWindow: async (selection) => {
      calls.push(`read ${selection.count}`);
      const records = createPredictionRecords(100, () => ({ confidence: 50 }));
      return {
        window: windowOfRecords(records, 70),
        reading: { selection, brokenLines: 0, isComplete: true },
        realised: null,
      };
    },
    findReference: async (version) => {
      calls.push(`reference of ${version}`);
      return { note: { code: "none_of_version", version: "m/3" } };
    },
    keepReport: done("keep", ["s3://bucket/report.html"]),
    trackReport: done("track", tracked),
    emitReportMetrics: () => calls.push("emit report"),
    emitJobMetrics: (count) => {
      calls.push("emit job");
      failedParts.push(count);
    },
    raiseAlert: async () => {
      calls.push("alert");
      return undefined;
    },
    maintain: done("maintain", { recordsSent: 3 }),
    log,
    now: () => new Date("2026-11-25T12:00:00Z"),
    ...overrides,
  });
  return { analyse: () => analyse(lastPredictions(100)), calls, failedParts, log };
}

const fails = async () => {
  throw new Error("cannot be reached");
};

const wholeWay = [
  "read 100",
  "reference of eye-disease-model/3",
  "keep",
  "track",
  "emit report",
  "alert",
  "maintain",
  "emit job",
];

describe("the drift job", () => {
  it("reads, judges, keeps, tracks, emits and then maintains", async () => {
    const { analyse, calls, failedParts } = prepare();
    const analysis = await analyse();
    expect(calls).toEqual(wholeWay);
    expect(failedParts).toEqual([0]);
    expect(analysis).toMatchObject({ addresses: ["s3://bucket/report.html"], tracked });
    expect(analysis.report).toMatchObject({ verdict: "drift", drift_timestamp: "2026-11-25T12:00:00.000Z" });
    expect(analysis.parts.every((part) => part.succeeded)).toBe(true);
  });

  it.each<[string, keyof AnalyseDependencies, string]>([
    ["keep_report", "keepReport", "keep"],
    ["track_report", "trackReport", "track"],
    ["find_reference", "findReference", "reference of eye-disease-model/3"],
    ["emit_report_metrics", "emitReportMetrics", "emit report"],
    ["raise_alert", "raiseAlert", "alert"],
    ["maintain_inference_log", "maintain", "maintain"],
  ])("goes on when %s fails, and says so", async (part, dependency, missing) => {
    const failing =
      dependency === "emitReportMetrics"
        ? () => {
            throw new Error("cannot be reached");
          }
        : fails;
    const { analyse, calls, failedParts, log } = prepare({ [dependency]: failing });
    const analysis = await analyse();
    expect(calls).toEqual(wholeWay.filter((call) => call !== missing));
    expect(failedParts).toEqual([1]);
    expect(analysis.report?.verdict).toBe(part === "find_reference" ? "insufficient_data" : "drift");
    expect(analysis.parts).toContainEqual({ name: part, succeeded: false, error: "cannot be reached" });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: "error", details: expect.objectContaining({ part }) }),
    );
  });

  it("finds only what needs no reference while the reference cannot be read", async () => {
    const black = createPredictionRecords(100, (index) => ({
      confidence: 50,
      image_measures: createImageMeasures(index, { brightness: 1 }),
    }));
    const usual = await prepare({ findReference: fails }).analyse();
    expect(usual.report).toMatchObject({ verdict: "insufficient_data", drift_detected: false });
    expect(describeVerdict(usual.report as DriftReport).verdict).toContain("could not be read");
    const { report } = await prepare({
      findReference: fails,
      readWindow: async (selection) => ({
        window: windowOfRecords(black, 70),
        reading: { selection, brokenLines: 0, isComplete: true },
        realised: null,
      }),
    }).analyse();
    expect(report?.verdict).toBe("drift");
    expect(report?.causes.map(({ name }) => name)).toEqual(["dark_pictures"]);
  });

  it("maintains although the predictions cannot be read, and reports nothing", async () => {
    const { analyse, calls } = prepare({ readWindow: fails });
    const analysis = await analyse();
    expect(calls).toEqual(["maintain", "emit job"]);
    expect(analysis).not.toHaveProperty("report");
    expect(analysis.addresses).toEqual([]);
  });

  it.each([
    [100, 90, "No drift detected"],
    [49, 90, "Too few predictions to judge"],
    [100, 50, "Drift detected"],
  ])("logs of %i predictions of %i percent: %s", async (count, confidence, message) => {
    const records = createPredictionRecords(count, () => ({ confidence }));
    const { analyse, log } = prepare({
      readWindow: async (selection) => ({
        window: windowOfRecords(records, 70),
        reading: { selection, brokenLines: 0, isComplete: true },
        realised: null,
      }),
    });
    await analyse();
    expect(log.lines.map((line) => line.message)).toContain(message);
  });

  it("does not track with tracking off", async () => {
    const { analyse } = prepare({ trackReport: undefined });
    const analysis = await analyse();
    expect(analysis).not.toHaveProperty("tracked");
    expect(analysis.parts.map((part) => part.name)).not.toContain("track_report");
  });

  it("keeps and tracks both files of the same report", async () => {
    const seen: [DriftReport, string[]][] = [];
    const keepReport: AnalyseDependencies["keepReport"] = async (report, files) => {
      seen.push([report, files.map((file) => file.name)]);
      return [];
    };
    const trackReport: AnalyseDependencies["trackReport"] = async (report, files) => {
      seen.push([report, files.map((file) => file.name)]);
      return tracked;
    };
    const analysis = await prepare({ keepReport, trackReport }).analyse();
    const files = ["drift-report.html", "drift-report.json"];
    expect(seen).toEqual([
      [analysis.report, files],
      [analysis.report, files],
    ]);
  });

  it.each([
    ["MLflow's page", {}, tracked.url],
    ["the file in S3 where MLflow has none", { trackReport: fails }, "s3://bucket/report.html"],
  ])("tells where the report is: %s", async (_, overrides, address) => {
    const told: (readonly string[])[] = [];
    const raiseAlert: AnalyseDependencies["raiseAlert"] = async (_report, links) => {
      told.push(links);
      return undefined;
    };
    await prepare({ ...overrides, raiseAlert }).analyse();
    expect(told).toEqual([[address]]);
  });

  it("says in the report why there is no reference", async () => {
    const { report } = await prepare().analyse();
    expect(report).toMatchObject({
      reference: null,
      reference_note: "version m/3 carries no reference window",
    });
    const unread = await prepare({ findReference: fails }).analyse();
    expect(unread.report).toMatchObject({ reference: null, reference_note: "it could not be read" });
  });

  it("warns in the log when there is drift", async () => {
    const { analyse, log } = prepare();
    await analyse();
    expect(log.lines).toContainEqual(expect.objectContaining({ level: "warn", message: "Drift detected" }));
  });
});
