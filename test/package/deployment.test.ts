import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ensureRegisteredModel } from "../../scripts/start/packaged-model.ts";
import { createObjectStore, type ObjectStore } from "../../shared/aws/object-store.ts";
import { hourPrefix, tableHourPrefix } from "../../shared/inference-log/log-keys.ts";
import { createMlflowClient, getExperimentByName, searchRuns } from "../../shared/mlflow/index.ts";
import { useAwsEmulator } from "../support/aws-emulator.ts";
import { useOwnStack } from "../support/stack.ts";

/** npm run deploy as an operator runs it, on an emulated AWS: roles and bucket policies hold, and everything goes through TLS. */

const stack = useOwnStack();
const aws = useAwsEmulator();
const photograph = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const run = promisify(execFile);
const deployTimeoutMs = 600_000;
const hoursAgoMs = 3 * 3_600_000;
let store: ObjectStore;

type Outputs = Record<string, string>;

beforeAll(async () => {
  Object.assign(process.env, stack().env);
  await ensureRegisteredModel(process.env, () => {});
  for (const name of Object.keys(stack().env)) delete process.env[name];
  Object.assign(process.env, aws().env);
  store = createObjectStore({ region: "eu-central-1", endpoint: aws().env.AWS_ENDPOINT_URL });
});

/** Runs a command of this project with nothing in its environment but what is said here. */
async function fundus(parameters: string[], settings: Record<string, string> = {}) {
  return run(resolve("node_modules/.bin/node"), ["scripts/fundus.mjs", ...parameters], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...aws().env,
      MLFLOW_TRACKING_URI: stack().mlflowUrl,
      ARTIFACT_BUCKET: "mlflow",
      AUTH: "key",
      DRIFT_RATE: "rate(1 minute)",
      ...settings,
    },
    timeout: deployTimeoutMs,
  });
}

async function deploy(stage: string, settings: Record<string, string> = {}): Promise<Outputs> {
  const { stdout } = await fundus(["deploy", "--stage", stage, "--yes"], settings);
  const named = [...stdout.matchAll(/^(\w+): (.*)$/gm)].map(([, name, value]) => [name, value]);
  return Object.fromEntries(named);
}

const addKey = async (stage: string): Promise<string> =>
  (await fundus(["keys", "add", "clinic", "--stage", stage])).stdout.trim();

async function predict({ HttpApiId }: Outputs, key: string, body: Uint8Array = photograph) {
  const response = await fetch(
    `${aws().env.AWS_ENDPOINT_URL}/_aws/execute-api/${HttpApiId}/$default/predict`,
    {
      method: "POST",
      headers: { "content-type": "image/jpeg", "x-api-key": key },
      body: new Uint8Array(body),
    },
  );
  return { status: response.status, body: await response.json() };
}

async function listKeys({ InferenceLogBucketName = "" }: Outputs, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.listObjects(InferenceLogBucketName, { prefix })) keys.push(key);
  return keys;
}

async function readText({ InferenceLogBucketName = "" }: Outputs, key: string): Promise<string> {
  const object = await store.getObject(InferenceLogBucketName, key);
  return new TextDecoder().decode(object?.bytes);
}

describe("a deployment", () => {
  let outputs: Outputs;
  let key: string;

  it(
    "is made by npm run deploy, which asks it for a prediction",
    async () => {
      outputs = await deploy("one");
      expect(outputs.HttpApiId).toMatch(/^\w+$/);
      key = await addKey("one");
    },
    deployTimeoutMs,
  );

  it("answers with the registry's model whoever has a key, and nobody else", async () => {
    expect(await predict(outputs, "fundus_guessed")).toMatchObject({ status: 403 });
    await vi.waitFor(
      async () =>
        expect(await predict(outputs, key)).toMatchObject({
          status: 200,
          body: { model: { name: "eye-disease-model", version: "1", source: "mlflow_registry" } },
        }),
      { timeout: 60_000, interval: 2_000 },
    );
  });

  it("keeps the records in S3 and writes a run to MLflow, under an experiment of its stage", async () => {
    const { body } = await predict(outputs, key);
    const texts = await Promise.all(
      (await listKeys(outputs, "inference-log/date=")).map((name) => readText(outputs, name)),
    );
    expect(texts.join("")).toContain((body as { prediction_id: string }).prediction_id);
    const mlflow = createMlflowClient({ trackingUri: stack().mlflowUrl });
    await vi.waitFor(
      async () => {
        const experiment = await getExperimentByName(mlflow, "eye-disease-classifier-one");
        const runs = searchRuns(mlflow, { experiment_ids: [experiment?.experiment_id ?? ""] });
        const names: string[] = [];
        for await (const { info } of runs) names.push(info.run_name ?? "");
        expect(names).toContainEqual(expect.stringMatching(/^api_session_/));
      },
      { timeout: 60_000, interval: 1_000 },
    );
  });

  it("runs the drift job on schedule, whose role may compact what is old", async () => {
    const nowMs = Date.now();
    const [name = ""] = await listKeys(outputs, hourPrefix("", nowMs));
    const old = (await readText(outputs, name)).replace(/"timestamp_ms":(\d+)/g, (_, timestampMs) => {
      return `"timestamp_ms":${Number(timestampMs) - hoursAgoMs}`;
    });
    const from = hourPrefix("", nowMs - hoursAgoMs);
    await store.putObject(outputs.InferenceLogBucketName ?? "", from + name.split("/").at(-1), old);
    await vi.waitFor(
      async () => {
        expect(await listKeys(outputs, from)).toEqual([]);
        expect(await listKeys(outputs, tableHourPrefix("", nowMs - hoursAgoMs))).toHaveLength(1);
      },
      { timeout: 150_000, interval: 2_000 },
    );
  }, 180_000);
});
