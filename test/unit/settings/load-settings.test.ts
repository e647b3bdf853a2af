import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { SettingsError } from "../../../shared/errors/settings-error.ts";
import { driftSettings } from "../../../shared/settings/drift.ts";
import { lambdaSettings } from "../../../shared/settings/lambda.ts";
import { loadSettings } from "../../../shared/settings/load-settings.ts";
import { modelSettings } from "../../../shared/settings/model.ts";
import { serviceSettings } from "../../../shared/settings/service.ts";
import { storageSettings } from "../../../shared/settings/storage.ts";
import { uploadSettings } from "../../../shared/settings/upload.ts";

const fragments = {
  service: serviceSettings,
  model: modelSettings,
  storage: storageSettings,
  upload: uploadSettings,
  drift: driftSettings,
  lambda: lambdaSettings,
};

function problemsOf(environment: Record<string, string>): string {
  try {
    loadSettings({ ...fragments, other: readOther }, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  return "";
}

function readOther(environment: Readonly<Record<string, string | undefined>>) {
  if (environment.OTHER === "bad") throw new Error("Expected a good OTHER but received bad");
  return { other: environment.OTHER };
}

describe("settings", () => {
  it("have the replaced service's defaults", () => {
    expect(loadSettings(fragments, {})).toMatchObject({
      service: {
        logLevel: "INFO",
        environment: "production",
        enableTracking: true,
        experimentName: "eye-disease-classifier",
      },
      model: {
        enableRegistry: true,
        modelName: "eye-disease-model",
        stage: "Production",
        version: "latest",
        engine: "auto",
      },
      upload: { maxUploadBytes: 10 * 1024 * 1024 },
      drift: { windowSize: 100, minimumPredictions: 50, minimumAverageConfidencePercent: 60 },
    });
  });

  it.each(["São Paulo", " ", "x".repeat(256)])("take no ENVIRONMENT that CloudWatch drops: %s", (given) => {
    expect(problemsOf({ ENVIRONMENT: given })).toContain("Expected 1 to 255 ASCII characters");
    expect(problemsOf({ ENVIRONMENT: "clinic north" })).toBe("");
  });

  it("are read as people write them", () => {
    const settings = loadSettings(fragments, {
      LOG_LEVEL: "warning",
      ENABLE_MLFLOW_TRACKING: "False",
      ENABLE_MODEL_REGISTRY: "0",
      MODEL_STAGE: "staging",
      MODEL_VERSION: "12",
      INFERENCE_ENGINE: "ONNX",
      MAX_UPLOAD_SIZE: "2048",
      MLFLOW_S3_ENDPOINT_URL: "http://localhost:9000",
    });
    expect(settings).toMatchObject({
      service: { logLevel: "WARN", enableTracking: false },
      model: { enableRegistry: false, stage: "Staging", version: "12", engine: "onnx" },
      upload: { maxUploadBytes: 2048 },
      storage: { s3Endpoint: undefined, artifactS3Endpoint: "http://localhost:9000" },
    });
  });

  it("count an empty variable as absent", () => {
    const { model, storage } = loadSettings(fragments, {
      MODEL_STAGE: "",
      MODEL_ALIAS: "",
      MLFLOW_S3_ENDPOINT_URL: "",
    });
    expect(model).toMatchObject({ stage: "Production", alias: undefined });
    expect(storage.artifactS3Endpoint).toBeUndefined();
  });

  it("name every bad variable at once", () => {
    const message = problemsOf({
      LOG_LEVEL: "loud",
      ENABLE_MLFLOW_TRACKING: "maybe",
      MODEL_STAGE: "Prod",
      MODEL_VERSION: "newest",
      MLFLOW_DEFAULT_ARTIFACT_ROOT: "/tmp",
      INFERENCE_LOG_PREFIX: "no-slash",
      INFERENCE_LOG_TIMEOUT_MS: "0",
      MAX_UPLOAD_SIZE: "ten",
      DRIFT_MAXIMUM_CLASS_RATIO: "80",
      OTHER: "bad",
    });
    expect(message.split("\n").slice(1)).toEqual([
      expect.stringMatching(/LOG_LEVEL: Expected one of .* but received loud/),
      expect.stringMatching(/ENABLE_MLFLOW_TRACKING: Expected true or false but received maybe/),
      expect.stringMatching(
        /MODEL_STAGE: Expected one of Production, Staging, Archived, None but received Prod/,
      ),
      expect.stringMatching(/MODEL_VERSION: Expected latest or a version number/),
      expect.stringMatching(/MLFLOW_DEFAULT_ARTIFACT_ROOT: Expected an s3:/),
      expect.stringMatching(/INFERENCE_LOG_PREFIX: Expected a prefix/),
      expect.stringMatching(/INFERENCE_LOG_TIMEOUT_MS: Expected a number from 10 to 10000 but received 0/),
      expect.stringMatching(/MAX_UPLOAD_SIZE: Expected a number .* but received ten/),
      expect.stringMatching(/DRIFT_MAXIMUM_CLASS_RATIO: Expected a number from 0 to 1 but received 80/),
      expect.stringMatching(/Expected a good OTHER but received bad/),
    ]);
  });

  it("find the packaged model where the function runs", () => {
    expect(loadSettings(fragments, {}).model.localModelDirectory).toBe("models/eye-disease");
    const onLambda = loadSettings(fragments, { AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001" });
    expect(onLambda.model.localModelDirectory).toBe("/opt/models/eye-disease");
    expect(onLambda.lambda.runtimeApi).toBe("127.0.0.1:9001");
  });

  it("know the function's memory on Lambda, and no limit where functions share a process", () => {
    const memory = { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "1769" };
    const onLambda = { ...memory, AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001" };
    expect(loadSettings(fragments, onLambda).lambda.memoryLimitMb).toBe(1769);
    expect(loadSettings(fragments, memory).lambda.memoryLimitMb).toBeUndefined();
  });

  it.each([
    ["128", 1],
    ["1769", 1],
    ["3538", 2],
    ["10240", 6],
  ])(
    "compute with the processors that %s MB buy on Lambda, and with two at most elsewhere",
    (AWS_LAMBDA_FUNCTION_MEMORY_SIZE, threads) => {
      const memory = { AWS_LAMBDA_FUNCTION_MEMORY_SIZE };
      const onLambda = { ...memory, AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001" };
      expect(loadSettings(fragments, onLambda).lambda.threads).toBe(threads);
      expect(loadSettings(fragments, memory).lambda.threads).toBe(Math.min(2, availableParallelism()));
    },
  );
});
