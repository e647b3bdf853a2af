import { expect, test } from "vitest";
import { describeServing, findServingVersion } from "../../../../scripts/registry/describe-serving.ts";
import type { ServiceState } from "../../../../shared/serving/service-state.ts";

const loaded_at = "2026-11-25T09:00:00.000Z";
const state: ServiceState = {
  model: { name: "m", version: "3", source: "mlflow_registry", engine: "onnx", loaded_at },
  contract_by: {},
  reported_at: "2026-11-25T10:00:00.000Z",
  session_id: "1",
  session_name: "api_session_1",
};
const packaged: ServiceState = {
  ...state,
  model: { name: "m", version: "2026.1", source: "local_file", engine: "onnx", loaded_at },
  failure_reason: "MLflow cannot be reached",
};

test("finds the version of this model alone", () => {
  expect(findServingVersion(state, "m")).toBe("3");
  expect(findServingVersion(state, "other")).toBeUndefined();
  expect(findServingVersion(packaged, "m")).toBeUndefined();
  expect(findServingVersion(undefined, "m")).toBeUndefined();
});

test("says what serves, who said so when, and why not something else", () => {
  expect(describeServing(state)).toBe(
    "Predict last reported that it serves m version 3 (api_session_1, 2026-11-25T10:00:00.000Z).",
  );
  expect(describeServing(packaged)).toBe(
    "Predict last reported that it serves the packaged model (2026.1) (api_session_1, 2026-11-25T10:00:00.000Z).\n" +
      "Why not the wanted version: MLflow cannot be reached",
  );
  const { model: _, ...none } = packaged;
  expect(describeServing(none)).toMatch(/^Predict last reported that it serves no model /);
  expect(describeServing(undefined)).toBe("No environment of predict has reported what it serves yet.");
});
