import { expect, it } from "vitest";
import { checkServiceSettings } from "../../../../scripts/start/check-service-settings.ts";

it.each([
  ["none", {}],
  [
    "labels, photographs and a test",
    { ENABLE_LABELS: "true", KEEP_PHOTOGRAPHS: "all", AB_TEST_SHARE: "0.5" },
  ],
  ["keys", { AUTH: "key" }],
  ["the caller's AWS keys", { AUTH: "iam" }],
  ["an address of MLflow that the stack's replaces", { MLFLOW_TRACKING_URI: "localhost:5000" }],
])("lets the service start with settings for %s", (_, environment) => {
  expect(() => checkServiceSettings(environment)).not.toThrow();
});

it("names every wrong setting, whichever function reads it", () => {
  const check = () =>
    checkServiceSettings({ AB_TEST_SHARE: "2", INFERENCE_ENGINE: "pytorch", DRIFT_WINDOW_SIZE: "10" });
  for (const name of ["AB_TEST_SHARE", "INFERENCE_ENGINE", "DRIFT_WINDOW_SIZE"]) expect(check).toThrow(name);
});
