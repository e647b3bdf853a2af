import { vi } from "vitest";
import { emitReportMetrics } from "../../functions/drift/emit-metrics.ts";
import { emitDecision } from "../../functions/predict/emit-decision.ts";
import { emitState } from "../../functions/predict/emit-state.ts";
import { computeDriftReport } from "../../shared/drift/drift-report.ts";
import { emitFailedParts } from "../../shared/runtime/cloudwatch-metrics.ts";
import { decisionSchema } from "../../shared/schemas/prediction.ts";
import { createImageMeasures, createPredictionRecords, defaultDriftSettings } from "./prediction-records.ts";

/** Has every function emit its metrics once, and returns the metrics' names. */
export function listEmittedMetrics(): Set<string> {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const well = { status: "reachable", pending: 0, dropped: 0, refused: 0 } as const;
  const tracking = { mlflow: well, inference_log: well };
  emitState({ models: {}, tracking, droppedBefore: 0, peakMemoryBytes: 1, memoryLimitMb: 1 }, "x");
  emitDecision({ decision: "confident", answerTimeMs: 1 }, decisionSchema.options, "x");
  const records = createPredictionRecords(100, (index) => ({
    decision: "confident",
    image_measures: createImageMeasures(index),
  }));
  emitReportMetrics(computeDriftReport(records, defaultDriftSettings, new Date()), "x");
  emitFailedParts("drift", 0, "x");
  emitFailedParts("learning", 0, "x");
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
  written.mockRestore();
  return new Set(
    lines.flatMap(({ _aws: { CloudWatchMetrics } }) =>
      CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name),
    ),
  );
}
