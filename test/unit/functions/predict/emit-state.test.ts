import { afterEach, expect, it, vi } from "vitest";
import { countState, emitState } from "../../../../functions/predict/emit-state.ts";

const well = {
  models: { identity: { name: "m", version: "3", source: "mlflow_registry" as const } },
  ...{ waitingRecords: 0, droppedRecords: 0 },
  ...{ peakMemoryBytes: 512 * 1024 * 1024, memoryLimitMb: 1024 },
};

afterEach(() => {
  vi.restoreAllMocks();
});

it("is all noughts while all is well", () => {
  expect(countState(well)).toEqual({
    ...{ model_wanted_version_fails: 0, model_packaged_answers: 0 },
    ...{ records_waiting: 0, records_dropped: 0, memory_used_percent: 50 },
  });
});

it("says which version answers instead, what waits and what was given up", () => {
  const identity = { name: "m", version: "1", source: "local_file" as const };
  const models = { identity, failure: { reason: "weights are missing", atMs: 0 } };
  const figures = countState({
    ...well,
    models,
    waitingRecords: 4,
    droppedRecords: 2,
    memoryLimitMb: undefined,
  });
  expect(figures).toEqual({
    ...{ model_wanted_version_fails: 1, model_packaged_answers: 1 },
    ...{ records_waiting: 4, records_dropped: 2 },
  });
});

it("is written with the dimensions that the alarms ask for", () => {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  emitState(well, "clinic");
  expect(JSON.parse(written.join(""))).toMatchObject({
    ...{ service: "fundus-lambda", environment: "clinic", memory_used_percent: 50 },
    _aws: { CloudWatchMetrics: [{ Namespace: "EyeDiseaseClassifier" }] },
  });
});
