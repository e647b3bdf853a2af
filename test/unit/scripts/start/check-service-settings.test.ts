import { expect, it } from "vitest";
import { checkServiceSettings, describeReplaced } from "../../../../scripts/start/check-service-settings.ts";

it.each([
  ["none", {}],
  [
    "labels, photographs and a test",
    { ENABLE_LABELS: "true", KEEP_PHOTOGRAPHS: "all", AB_TEST_SHARE: "0.5" },
  ],
  ["keys", { AUTH: "key" }],
  ["the caller's AWS keys", { AUTH: "iam" }],
  ["an address of MLflow that the stack's replaces", { MLFLOW_TRACKING_URI: "https://mlflow.example.org" }],
])("lets the service start with settings for %s", (_, environment) => {
  expect(() => checkServiceSettings(environment)).not.toThrow();
});

it("names every wrong setting, whichever function reads it", () => {
  const check = () =>
    checkServiceSettings({ AB_TEST_SHARE: "2", INFERENCE_ENGINE: "pytorch", DRIFT_WINDOW_SIZE: "10" });
  for (const name of ["AB_TEST_SHARE", "INFERENCE_ENGINE", "DRIFT_WINDOW_SIZE"]) expect(check).toThrow(name);
});

it("explains that the address of a database is not MLflow's, without its password", () => {
  const check = () => checkServiceSettings({ MLFLOW_TRACKING_URI: "postgresql://mlflow:hunter2@db/mlflow" });
  expect(check).toThrow(/received a postgresql: address\. Run the MLflow server on that store/);
  expect(check).not.toThrow(/hunter2/);
});

it("says which settings are not used, without a password in them", () => {
  const own = {
    MLFLOW_TRACKING_URI: "https://ana:hunter2@mlflow.example.org",
    MLFLOW_DEFAULT_ARTIFACT_ROOT: "s3://artifacts",
    INFERENCE_LOG_BUCKET: "inference-log",
    UPLOAD_BUCKET: "",
    AWS_ENDPOINT_URL_S3: "https://s3.example.org",
    ENVIRONMENT: "development",
  };
  const ofStack = {
    MLFLOW_TRACKING_URI: "http://127.0.0.1:5000",
    MLFLOW_DEFAULT_ARTIFACT_ROOT: "s3://mlflow/artifacts",
    INFERENCE_LOG_BUCKET: "inference-log",
    UPLOAD_BUCKET: "uploads",
    AWS_ENDPOINT_URL_S3: "http://127.0.0.1:8333",
  };
  const lines = describeReplaced(own, ofStack);
  expect(lines).toEqual([
    expect.stringMatching(
      /^MLFLOW_TRACKING_URI .* is not used: .* MLFLOW_TRACKING_URI=http:\/\/127\.0\.0\.1:5000$/,
    ),
    expect.stringMatching(/^AWS_ENDPOINT_URL_S3 .* is not used/),
    expect.stringMatching(/^MLFLOW_DEFAULT_ARTIFACT_ROOT .* is not used/),
  ]);
  expect(lines.join()).not.toContain("hunter2");
});
