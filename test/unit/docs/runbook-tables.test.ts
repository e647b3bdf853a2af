import { globSync, readFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { emitJobMetrics, emitReportMetrics } from "../../../functions/drift/emit-metrics.ts";
import { emitFailedParts } from "../../../functions/learning/emit-failed-parts.ts";
import { emitDecision } from "../../../functions/predict/emit-decision.ts";
import { emitState } from "../../../functions/predict/emit-state.ts";
import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import { decisionSchema } from "../../../shared/schemas/prediction.ts";
import {
  createImageMeasures,
  createPredictionRecords,
  defaultDriftSettings,
} from "../../support/prediction-records.ts";

const runbook = readFileSync("docs/runbook.md", "utf8");
const sources = globSync(["functions/**/*.ts", "shared/**/*.ts"], {
  exclude: ["**/browser/**", "**/node_modules/**", "**/test/**"],
});

afterEach(() => void vi.restoreAllMocks());

/** First cells of the table below a heading. */
function cellsBelow(heading: string): string[] {
  const [, section = ""] = runbook.split(`## ${heading}\n`);
  const rows = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(1).map((row) => row.split(" | ")[0]?.slice(2) ?? "");
}

it("explains every metric that a function emits, and no other", () => {
  let written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written += chunk;
    return true;
  });
  const well = { status: "reachable", pending: 0, dropped: 0, refused: 0 } as const;
  const tracking = { mlflow: well, inference_log: well };
  emitState({ models: {}, tracking, droppedBefore: 0, peakMemoryBytes: 1, memoryLimitMb: 1 }, "x");
  emitDecision({ decision: "confident", answerTimeMs: 1 }, decisionSchema.options, "x");
  const records = createPredictionRecords(100, (index) => ({
    decision: "confident",
    image_measures: createImageMeasures(index),
  }));
  emitReportMetrics(computeDriftReport(records, defaultDriftSettings, new Date()), "x");
  emitJobMetrics(0, "x");
  emitFailedParts(0, "x");
  const emitted = written
    .trim()
    .split("\n")
    .flatMap((line) => JSON.parse(line)._aws.CloudWatchMetrics[0].Metrics)
    .map(({ Name }: { Name: string }) => Name.replace(/^(recent_class_ratio)_.+/, "$1_CLASS"));
  const explained = cellsBelow("Metrics").flatMap((cell) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(explained.sort()).toEqual([...new Set(emitted)].sort());
});

it("explains every message of level WARN and ERROR, and no other", () => {
  // The message is the first argument, or one of the two texts of a condition there.
  const call = /\b(?:log\.(?:warn|error)|fail)\(\s*(?:\w+\s*\?\s*"([A-Z][^"]+)"\s*:\s*)?(["'])([A-Z].+?)\2,/g;
  const messages = sources.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(call)].flatMap(([, ifTrue, , message]) =>
      ifTrue === undefined ? [message] : [ifTrue, message],
    ),
  );
  expect(messages.length).toBeGreaterThan(25);
  expect(cellsBelow("Log messages").sort()).toEqual([...new Set(messages)].sort());
});

it("explains every part of the drift job", () => {
  const parts = [...readFileSync("functions/drift/analyse.ts", "utf8").matchAll(/parts\.run\("(\w+)"/g)].map(
    ([, part]) => part,
  );
  const explained = cellsBelow("Drift job alarm").flatMap((cell) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(explained.sort()).toEqual(parts.sort());
});
