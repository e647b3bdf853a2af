import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createObjectStore } from "../../shared/aws/object-store.ts";
import { readRecords } from "../../shared/inference-log/read-window.ts";
import { createMlflowClient, getExperimentByName, type Run, searchRuns } from "../../shared/mlflow/index.ts";
import type { InferenceLogRecord, PredictionRecord } from "../../shared/schemas/inference-record.ts";
import { send } from "../support/http-client.ts";
import { createPredictClient, expectPrediction } from "../support/predict-client.ts";
import { registerForService, type ServiceNames } from "../support/registered-service.ts";
import { type OfflineServer, startOfflineServer } from "../support/service.ts";
import { useSharedStack } from "../support/stack.ts";

const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const hostileName = 'Jane Roe 1970\\n<img src=x onerror=alert(1)>".jpg';

let service: OfflineServer;
let names: ServiceNames;
let log = "";
beforeAll(async () => {
  const registered = await registerForService(useSharedStack());
  names = registered.names;
  service = await startOfflineServer({ environment: registered.environment });
});
afterAll(async () => service.stop());

const { post, postFile } = createPredictClient(() => service.address);

async function recordsOfKind<K extends InferenceLogRecord["kind"]>(kind: K) {
  const { env, inferenceLogBucket, s3Url } = useSharedStack();
  const store = createObjectStore({ region: env.AWS_REGION ?? "us-east-1", endpoint: s3Url });
  const location = { store, bucket: inferenceLogBucket, prefix: names.prefix };
  const { records } = await readRecords(location, { sinceMs: Date.now() - 600_000, nowMs: Date.now() });
  return records.filter((record): record is Extract<InferenceLogRecord, { kind: K }> => record.kind === kind);
}

async function sessionRuns(): Promise<Run[]> {
  const mlflow = createMlflowClient({ trackingUri: useSharedStack().mlflowUrl });
  const experiment = await getExperimentByName(mlflow, names.experiment);
  if (experiment === undefined) return [];
  const runs: Run[] = [];
  const request = { experiment_ids: [experiment.experiment_id ?? ""], filter: "tags.api_session != ''" };
  for await (const run of searchRuns(mlflow, request)) runs.push(run);
  return runs;
}

describe("what a service leaves behind", () => {
  it("is each prediction's record, in S3 before the answer arrives", async () => {
    const prediction = expectPrediction(await postFile(sample, hostileName));
    const records = await recordsOfKind("prediction");
    const record = records.find(
      ({ prediction_id }) => prediction_id === prediction.prediction_id,
    ) as PredictionRecord;
    expect(record).toMatchObject({
      model: prediction.model,
      predicted_class: prediction.predicted_class,
      confidence: prediction.confidence,
      image: {
        image_width: 1411,
        image_height: 1411,
        image_format: "jpeg",
        image_mode: "RGB",
        image_size_bytes: sample.length,
      },
    });
    expect(service.logLines()).toContainEqual(
      expect.objectContaining({
        request_id: record.request_id,
        prediction_id: record.prediction_id,
        status: 200,
      }),
    );
  });

  it("is each error's record, too", async () => {
    await post("application/json", "{}");
    expect(await recordsOfKind("error")).toContainEqual(
      expect.objectContaining({ error: "unsupported_media_type", status: 415, detail: expect.any(String) }),
    );
  });

  it("is its session in MLflow, under the guide's names", async () => {
    await vi.waitFor(
      async () => {
        // Another prediction makes the service send what is pending.
        await postFile(sample);
        const runs = await sessionRuns();
        const metrics = new Set(runs.flatMap(({ data }) => data?.metrics?.map(({ key }) => key) ?? []));
        expect([...metrics]).toEqual(
          expect.arrayContaining([
            "prediction_confidence",
            "prediction_inference_time_ms",
            "prob_normal",
            "model_load_time_seconds",
            "error_count",
          ]),
        );
      },
      { timeout: 30_000, interval: 1_200 },
    );
    const run = (await sessionRuns()).find(({ info }) => info?.run_name?.startsWith("api_session_"));
    expect(run?.info?.status).toBe("RUNNING");
  });

  it("names the model that serves, for /health", async () => {
    const health = (await send(`${service.address}/health`)).json();
    expect(health).toMatchObject({
      status: "healthy",
      model_loaded: true,
      model: { name: names.model, version: "1", source: "mlflow_registry" },
    });
  });

  it("is a finished run when the service stops", async () => {
    await service.stop();
    log = service.log();
    const predicting = (await sessionRuns()).filter(({ data }) =>
      data?.metrics?.some(({ key }) => key === "prediction_count"),
    );
    expect(predicting.map(({ info }) => info?.status)).toEqual(["FINISHED"]);
  });

  it("never holds the name of a file", async () => {
    const written = JSON.stringify([log, await recordsOfKind("prediction"), await sessionRuns()]);
    expect(written).toContain("prediction_confidence");
    expect(written).not.toMatch(/Jane|onerror/);
  });
});
