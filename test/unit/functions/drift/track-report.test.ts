import { expect, it } from "vitest";
import { trackReport } from "../../../../functions/drift/track-report.ts";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import { createMemoryMlflow } from "../../../support/memory-mlflow.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../../support/prediction-records.ts";

/** Inference times around one that no rule calls slow. */
const lasting = (inferenceTimeMs: number) =>
  createPredictionRecords(200, (index) => ({ inference_time_ms: inferenceTimeMs + (index % 7) }));

it("names in drift_indicators every cause that drift_indicator_count counts, compared figures among them", async () => {
  const mlflow = createMemoryMlflow();
  const reference = { source: "a usual week", rows: lasting(10) };
  const report = computeDriftReport(lasting(400), defaultDriftSettings, new Date(0), reference);
  await trackReport(report, [], {
    ...{ mlflow: mlflow.client, store: createMemoryStore() },
    ...{ experimentName: "test", apiVersion: "1", environment: "test" },
  });
  const [run] = mlflow.runs.values();
  expect(run?.metrics).toContainEqual(expect.objectContaining({ key: "drift_indicator_count", value: 1 }));
  expect(run?.params).toContainEqual({ key: "drift_indicators", value: "inference_time_ms" });
});
