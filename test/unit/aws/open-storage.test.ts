import { expect, it, onTestFinished, vi } from "vitest";
import { openStorage } from "../../../shared/aws/open-storage.ts";
import { loadSettings } from "../../../shared/settings/load-settings.ts";
import { storageSettings } from "../../../shared/settings/storage.ts";
import { startSmallS3 } from "../../support/small-s3.ts";

it("keeps MLflow's artifacts on MLFLOW_S3_ENDPOINT_URL and everything else on the service's own server", async () => {
  const [own, mlflow] = await Promise.all([startSmallS3(), startSmallS3()]);
  onTestFinished(() => {
    own.stop();
    mlflow.stop();
    vi.unstubAllEnvs();
  });
  for (const [name, value] of Object.entries(own.environment)) vi.stubEnv(name, value);
  const environment = {
    ...own.environment,
    INFERENCE_LOG_BUCKET: "log",
    MLFLOW_S3_ENDPOINT_URL: mlflow.environment.AWS_ENDPOINT_URL_S3,
  };
  const { storage } = loadSettings({ storage: storageSettings }, environment);
  const { artifactStore, requireLocation } = openStorage(storage);
  const { store, bucket } = requireLocation();
  await store.putObject(bucket, "record", "a record");
  await artifactStore.putObject("artifacts", "model", "a model");
  expect([...own.objects.keys()]).toEqual(["log/record"]);
  expect([...mlflow.objects.keys()]).toEqual(["artifacts/model"]);
});
