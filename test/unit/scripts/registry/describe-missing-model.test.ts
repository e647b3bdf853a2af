import { expect, it } from "vitest";
import { describeMissingModel } from "../../../../scripts/registry/describe-missing-model.ts";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";

const registryOf = (...names: string[]) =>
  createMlflowClient({
    trackingUri: "http://mlflow.test",
    fetch: async () => Response.json({ registered_models: names.map((name) => ({ name })) }),
  });

it("names the models that there are, because the name may have been mistyped", async () => {
  expect(await describeMissingModel(registryOf("eye-disease-model", "retina"), "eye-diseas-model")).toBe(
    "http://mlflow.test has no version of eye-diseas-model. It has eye-disease-model, retina (--name, or MLFLOW_MODEL_NAME). " +
      "Register one: npm run register -- FILE",
  );
});

it("names none where there is none, or only the one without versions", async () => {
  for (const registry of [registryOf(), registryOf("eyes")])
    expect(await describeMissingModel(registry, "eyes")).toBe(
      "http://mlflow.test has no version of eyes. Register one: npm run register -- FILE",
    );
});
