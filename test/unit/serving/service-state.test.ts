import { expect, it } from "vitest";
import {
  readServiceState,
  type ServiceState,
  writeServiceState,
} from "../../../shared/serving/service-state.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const state: ServiceState = {
  model: {
    name: "eye-disease-model",
    version: "3",
    source: "mlflow_registry",
    engine: "onnx",
    loaded_at: "2026-11-25T14:00:00.000Z",
  },
  contract_by: { labels: "model-contract.json" },
  reported_at: "2026-11-25T14:30:00.000Z",
  session_id: "3f2a9c1e-0000-4000-8000-000000000000",
  session_name: "api_session_1795617000",
};

it("gives back what was written", async () => {
  const location = { store: createMemoryStore(), bucket: "bucket", prefix: "dev/" };
  await writeServiceState(location, state);

  expect(await readServiceState(location)).toEqual(state);
  expect([...location.store.objects.keys()]).toEqual(["dev/service-state/predict.json"]);
});

it.each([undefined, "nonsense", "{}"])("gives nothing for %s", async (text) => {
  const location = { store: createMemoryStore(), bucket: "bucket", prefix: "" };
  if (text !== undefined) location.store.objects.set("service-state/predict.json", text);

  expect(await readServiceState(location)).toBeUndefined();
});
