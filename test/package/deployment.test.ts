import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ensureRegisteredModel } from "../../scripts/start/packaged-model.ts";
import { createObjectStore, type ObjectStore } from "../../shared/aws/object-store.ts";
import { hourPrefix, tableHourPrefix } from "../../shared/inference-log/log-keys.ts";
import { createMlflowClient, getExperimentByName, searchRuns } from "../../shared/mlflow/index.ts";
import { useAwsEmulator } from "../support/aws-emulator.ts";
import { createStack, listAlarmedEnvironments, listResources } from "../support/cloud-formation.ts";
import { useOwnStack } from "../support/stack.ts";

/**
 * npm run deploy as an operator runs it, on an emulated AWS: with the rights of docs/deployer-policy.json, where roles and bucket policies hold, and
 * everything goes through TLS.
 */

const stack = useOwnStack();
const aws = useAwsEmulator();
const photograph = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const run = promisify(execFile);
const deployTimeoutMs = 600_000;
const hoursAgoMs = 3 * 3_600_000;
/** How often the Serverless Framework asks how far CloudFormation is; by default every 5 s, because AWS takes minutes. */
const stackPollMs = "500";
/** Of the table within a database, and of the stage within an API: these have names of their own. */
const namesWithin = ["inference_log", "$default"];
let store: ObjectStore;
let deployer: Record<string, string>;

type Outputs = Record<string, string>;

beforeAll(async () => {
  Object.assign(process.env, stack().env);
  await ensureRegisteredModel(process.env, () => {});
  for (const name of Object.keys(stack().env)) delete process.env[name];
  Object.assign(process.env, aws().env);
  store = createObjectStore({ region: "eu-central-1", endpoint: aws().env.AWS_ENDPOINT_URL });
  deployer = await becomeDeployer();
});

/** Credentials of a role that has docs/deployer-policy.json and nothing else. */
async function becomeDeployer(): Promise<Record<string, string>> {
  const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
  const PolicyDocument = JSON.parse(readFileSync("docs/deployer-policy.json", "utf8"));
  const Deployer = {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: "deployer",
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [statement] },
      Policies: [{ PolicyName: "deploy", PolicyDocument }],
    },
  };
  await createStack("deployer", JSON.stringify({ Resources: { Deployer } }));
  const sts = new STSClient({});
  const RoleArn = "arn:aws:iam::000000000000:role/deployer";
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }));
  return {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
  };
}

/** Runs a command of this project with nothing in its environment but what is said here. */
async function fundus(parameters: string[], settings: Record<string, string> = {}) {
  return run(resolve("node_modules/.bin/node"), ["scripts/fundus.mjs", ...parameters], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...aws().env,
      ...deployer,
      MLFLOW_TRACKING_URI: stack().mlflowUrl,
      ARTIFACT_BUCKET: "mlflow",
      AUTH: "key",
      DRIFT_RATE: "rate(1 minute)",
      SLS_AWS_MONITORING_FREQUENCY: stackPollMs,
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

/** A new key is known within half a minute. */
const expectAnswer = (outputs: Outputs, key: string) =>
  vi.waitFor(async () => expect(await predict(outputs, key)).toMatchObject({ status: 200 }), {
    timeout: 60_000,
    interval: 2_000,
  });

async function listKeys({ InferenceLogBucketName = "" }: Outputs, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.listObjects(InferenceLogBucketName, { prefix })) keys.push(key);
  return keys;
}

async function readText({ InferenceLogBucketName = "" }: Outputs, key: string): Promise<string> {
  const object = await store.getObject(InferenceLogBucketName, key);
  return new TextDecoder().decode(object?.bytes);
}

/** Of the first stage, and the time of a record in its log that is hours old. */
let outputsOfOne: Outputs;
let oldRecordMs: number;

describe("a deployment", () => {
  let outputs: Outputs;
  let key: string;
  afterAll(() => {
    outputsOfOne = outputs;
  });

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

  it("changes a setting by an update, and the functions have it", async () => {
    expect(await predict(outputs, key, photographOf(600_000))).toMatchObject({ status: 200 });
    oldRecordMs = await putOldRecord(outputs);
    outputs = await deploy("one", { MAX_UPLOAD_SIZE: "500000", ROLLBACK_WATCH_MINUTES: "1" });
    await expectUpdated();
    // On AWS, unlike here, a stack is not removed whose bucket osls leaves an object in.
    const deployed = { InferenceLogBucketName: outputs.ServerlessDeploymentBucketName ?? "" };
    const emptied = await listKeys(deployed, "serverless/fundus-lambda/one/");
    expect(emptied.length).toBeGreaterThan(0);
    expect(await listKeys(deployed, "")).toEqual(emptied);
  }, 300_000);

  it("is as it was after an update that CloudFormation cannot make", async () => {
    const update = deploy("one", { MAX_UPLOAD_SIZE: "900000", LATENCY_ALARM_MS: "soon" });
    await expect(update).rejects.toThrow(/PredictLatencyAlarm/);
    await expectUpdated();
  }, 300_000);

  it("goes back by itself to what it was when it no longer answers", async () => {
    const update = deploy("one", { MAX_UPLOAD_SIZE: "2000" });
    await expect(update).rejects.toThrow(/received 413.*What was deployed before is in place again/s);
    await expect(update).rejects.toMatchObject({
      stdout: expect.stringContaining(`HttpApiId: ${outputs.HttpApiId}\n`),
    });
    await expectUpdated();
  }, 300_000);

  /** The first update holds: photographs of 500,000 bytes are the largest. */
  async function expectUpdated(): Promise<void> {
    expect(await predict(outputs, key)).toMatchObject({ status: 200 });
    const { status, body } = await predict(outputs, key, photographOf(600_000));
    expect([status, JSON.stringify(body)]).toEqual([413, expect.stringContaining("500000")]);
  }
});

describe("a second deployment stage", () => {
  let outputs: Outputs;
  let key: string;

  it("touches nothing of the first", async () => {
    const before = await listResources("one");
    outputs = await deploy("two");
    expect(await listResources("one")).toEqual(before);

    const ids = before.map(({ id }) => id).filter((id) => !namesWithin.includes(id));
    const shared = (await listResources("two")).filter(({ id }) => ids.includes(id));
    expect(shared).toEqual([]);
    expect(await listAlarmedEnvironments("two")).toEqual(["two"]);
    const mlflow = createMlflowClient({ trackingUri: stack().mlflowUrl });
    key = await addKey("two");
    await expectAnswer(outputs, key);
    await vi.waitFor(
      async () =>
        expect(await getExperimentByName(mlflow, "eye-disease-classifier-two")).toMatchObject({
          lifecycle_stage: "active",
        }),
      { timeout: 60_000, interval: 1_000 },
    );
  }, 300_000);

  it("keeps its data when it is removed, and says where", async () => {
    const records = await listKeys(outputs, "inference-log/date=");
    const { stdout } = await fundus(["remove", "--stage", "two", "--yes"]);
    for (const name of ["InferenceLogBucketName", "UploadBucketName", "PhotographBucketName"])
      expect(stdout).toContain(`s3://${outputs[name]} `);
    expect(stdout).toContain(`KEPT_LOG_BUCKET=${outputs.InferenceLogBucketName}`);
    expect((await predict(outputs, key)).status).toBeGreaterThanOrEqual(400);
    expect(await listKeys(outputs, "inference-log/date=")).toEqual(expect.arrayContaining(records));
  }, 300_000);

  it("goes on with the data that was kept: its records and its callers' keys", async () => {
    const kept = outputs.InferenceLogBucketName ?? "";
    const records = await listKeys(outputs, "inference-log/date=");
    outputs = await deploy("two", { KEPT_LOG_BUCKET: kept });
    expect(outputs.InferenceLogBucketName).toBe(kept);
    await expectAnswer(outputs, key);
    const now = await listKeys(outputs, "inference-log/date=");
    expect(now.length).toBeGreaterThan(records.length);
    expect(now).toEqual(expect.arrayContaining(records));
  }, 300_000);
});

// Last, so that its schedule fires while the second stage is tested.
it("a deployment has run the drift job on schedule, whose role may compact what is old", async () => {
  await vi.waitFor(
    async () => {
      expect(await listKeys(outputsOfOne, hourPrefix("", oldRecordMs))).toEqual([]);
      expect(await listKeys(outputsOfOne, tableHourPrefix("", oldRecordMs))).toHaveLength(1);
    },
    { timeout: 150_000, interval: 2_000 },
  );
}, 180_000);

/** The photograph with bytes behind its end, which a JPEG may have. */
function photographOf(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  bytes.set(photograph);
  return bytes;
}

/** Puts a record as it was written hours ago, in an object of its own. Returns its time. */
async function putOldRecord(outputs: Outputs): Promise<number> {
  const [name = ""] = await listKeys(outputs, "inference-log/date=");
  let oldMs = 0;
  const old = (await readText(outputs, name)).replace(/"timestamp_ms":(\d+)/g, (_, timestampMs) => {
    oldMs = Number(timestampMs) - hoursAgoMs;
    return `"timestamp_ms":${oldMs}`;
  });
  await store.putObject(
    outputs.InferenceLogBucketName ?? "",
    hourPrefix("", oldMs) + name.split("/").at(-1),
    old,
  );
  return oldMs;
}
