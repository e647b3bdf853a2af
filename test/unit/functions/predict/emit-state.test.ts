import { afterEach, expect, it, vi } from "vitest";
import { countState, emitState } from "../../../../functions/predict/emit-state.ts";

const written = { status: "reachable", pending: 0, dropped: 0 } as const;
const well = {
  models: { identity: { name: "m", version: "3", source: "mlflow_registry" as const } },
  tracking: { mlflow: { ...written, refused: 0 }, inference_log: written },
  droppedBefore: 0,
  ...{ peakMemoryBytes: 512 * 1024 * 1024, memoryLimitMb: 1024 },
};

afterEach(() => {
  vi.restoreAllMocks();
});

it("is all noughts while all is well", () => {
  expect(countState(well)).toEqual({
    ...{ model_wanted_version_fails: 0, model_registry_fails: 0, model_packaged_answers: 0 },
    ...{ records_waiting: 0, records_dropped: 0, memory_used_percent: 50 },
  });
});

it("says which version answers instead, what waits and what was given up", () => {
  const identity = { name: "m", version: "1", source: "local_file" as const };
  const failure = { reason: "weights are missing", kind: "ModelError", atMs: 0 };
  const models = { identity, failure, registryReachable: true };
  const tracking = {
    mlflow: { ...written, refused: 0, status: "unreachable", pending: 4 },
    inference_log: { ...written, dropped: 2 },
  } as const;
  const figures = countState({ ...well, models, tracking, memoryLimitMb: undefined });
  expect(figures).toEqual({
    ...{ model_wanted_version_fails: 1, model_registry_fails: 0, model_packaged_answers: 1 },
    ...{ records_waiting: 4, records_dropped: 2 },
  });
});

it("says of each record that was given up once, so that the alarm on them ends", () => {
  const tracking = { ...well.tracking, inference_log: { ...written, dropped: 5 } };
  expect(countState({ ...well, tracking, droppedBefore: 3 })).toMatchObject({ records_dropped: 2 });
  expect(countState({ ...well, tracking, droppedBefore: 5 })).toMatchObject({ records_dropped: 0 });
});

it("expects the packaged model where the registry is switched off", () => {
  const models = { identity: { name: "m", version: "1", source: "local_file" as const } };
  expect(countState({ ...well, models })).toMatchObject({ model_packaged_answers: 0 });
});

it("blames no version for a registry that does not answer", () => {
  const failure = { reason: "ECONNREFUSED", kind: "ModelError", atMs: 0, isOfServer: true };
  expect(countState({ ...well, models: { ...well.models, failure } })).toMatchObject({
    ...{ model_wanted_version_fails: 0, model_registry_fails: 1 },
  });
});

it("counts no record that is held on purpose, to be sent with others", () => {
  const mlflow = { ...well.tracking.mlflow, pending: 70 };
  expect(countState({ ...well, tracking: { ...well.tracking, mlflow } })).toMatchObject({
    records_waiting: 0,
  });
  const records = { ...written, status: "unreachable", pending: 3 } as const;
  const tracking = { mlflow, inference_log: records };
  expect(countState({ ...well, tracking })).toMatchObject({ records_waiting: 3 });
});

it("is written with the dimensions that the alarms ask for", () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  emitState(well, "clinic");
  expect(JSON.parse(lines.join(""))).toMatchObject({
    ...{ service: "fundus-lambda", environment: "clinic", memory_used_percent: 50 },
    _aws: { CloudWatchMetrics: [{ Namespace: "EyeDiseaseClassifier" }] },
  });
});
