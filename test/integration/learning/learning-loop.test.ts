import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureKerasEnvironment } from "../../../scripts/python/keras-environment.ts";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import type { ShadowRecord } from "../../../shared/contracts/inference-record.ts";
import type { Prediction } from "../../../shared/contracts/prediction.ts";
import { readRecords } from "../../../shared/inference-log/read-window.ts";
import { readRetrainingState, writeRetrainingState } from "../../../shared/learning/retraining-state.ts";
import { createModelVersion } from "../../../shared/mlflow/calls/create-model-version.ts";
import { getModelVersion } from "../../../shared/mlflow/calls/get-model-version.ts";
import { ofModel, searchModelVersions } from "../../../shared/mlflow/calls/search-model-versions.ts";
import { setAlias } from "../../../shared/mlflow/calls/set-alias.ts";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createS3ArtifactSource } from "../../../shared/registry/artifact-source/s3-artifact-source.ts";
import { send } from "../../support/http-client.ts";
import { noisyJpeg } from "../../support/image-files.ts";
import { createPredictClient, expectPrediction } from "../../support/predict-client.ts";
import { registerForService, type ServiceNames } from "../../support/registered-service.ts";
import { useOfflineServer } from "../../support/service.ts";
import { useSharedStack } from "../../support/stack.ts";

const stack = useSharedStack();
const projectRoot = path.resolve(import.meta.dirname, "../../..");
const patienceMs = 60_000;
const photographCount = 6;

let environment: Record<string, string>;
let names: ServiceNames;
let folder: string;
let program: string;

const service = useOfflineServer(async () => {
  const registered = await registerForService();
  names = registered.names;
  environment = {
    ...registered.environment,
    ENABLE_LABELS: "true",
    KEEP_PHOTOGRAPHS: "labelled",
    MODEL_REFRESH_SECONDS: "1",
  };
  return { environment };
});
const { postFile } = createPredictClient(() => service().address);
const mlflow = createMlflowClient({ trackingUri: stack.mlflowUrl });
const location = () => ({
  store: createObjectStore({ region: stack.env.AWS_REGION ?? "", endpoint: stack.s3Url }),
  bucket: stack.inferenceLogBucket,
  prefix: names.prefix,
});

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "learning-loop-"));
  program = `${await ensureKerasEnvironment()} ${path.join(import.meta.dirname, "train-small.py")}`;
  // No eye is shown: what matters is that both versions are asked about the same pictures.
  for (const label of ["cataract", "diabetic_retinopathy", "glaucoma", "normal"]) {
    mkdirSync(path.join(folder, "evaluation", label), { recursive: true });
    for (let index = 0; index < 2; index += 1)
      writeFileSync(path.join(folder, "evaluation", label, `${index}.jpg`), await noisyJpeg(120 + index, 90));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One of the project's commands, with the service's settings. */
function runCommand(words: string[], others: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_NO_WARNINGS: "1",
    ...environment,
    ...others,
  };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const script = path.join(projectRoot, "scripts/fundus.mjs");
    execFile(process.execPath, [script, ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

async function answerOf(words: string[], others?: Record<string, string>) {
  const { code, stdout, stderr } = await runCommand([...words, "--json"], others);
  if (stdout === "") throw new Error(`${words.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

const retrain = (...words: string[]) => [
  "retrain",
  "--program",
  program,
  "--work",
  path.join(folder, "work"),
  ...words,
];
/** What these pictures can show is little: the margins are as wide as they can be. */
const gate = () => ({
  EVALUATION_SET: path.join(folder, "evaluation"),
  GATE_MARGIN: "1",
  GATE_MAXIMUM_CALIBRATION_ERROR: "1",
  GATE_MINIMUM_STABILITY: "0",
});

async function label(predictionId: string, value: string): Promise<number> {
  const answer = await send(`${service().address}/predictions/${predictionId}/label`, {
    method: "POST",
    headers: ["Content-Type", "application/json"],
    body: JSON.stringify({ label: value, labelled_by: "Dr. Silva" }),
  });
  return answer.status;
}

const predict = async (seed: number): Promise<Prediction> =>
  expectPrediction(await postFile(await noisyJpeg(160 + seed, 120)));

async function until<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > deadlineMs) throw new Error(`Waited ${patienceMs} ms for ${what}`);
    await sleep(250);
  }
}

async function countVersions(): Promise<number> {
  let count = 0;
  for await (const _ of searchModelVersions(mlflow, ofModel(names.model))) count += 1;
  return count;
}

async function tagsOf(version: string): Promise<Record<string, string>> {
  const found = await getModelVersion(mlflow, names.model, version);
  return Object.fromEntries((found?.tags ?? []).map(({ key = "", value = "" }) => [key, value]));
}

const findShadow = (version: string) => async (): Promise<ShadowRecord | undefined> => {
  await predict(99);
  const { records } = await readRecords(location(), { sinceMs: Date.now() - 3_600_000, nowMs: Date.now() });
  return records.find((record) => record.kind === "shadow" && record.model.version === version) as
    | ShadowRecord
    | undefined;
};

it("labels arrive, a version is trained, passes the gate, answers in the shadow, serves, and is rolled back", {
  timeout: 600_000,
}, async () => {
  // Labels arrive.
  const predictions: Prediction[] = [];
  for (let index = 0; index < photographCount; index += 1) predictions.push(await predict(index));
  const [first] = predictions as [Prediction];
  expect(first.model.version).toBe("1");
  for (const { prediction_id: id } of predictions) expect(await label(id, "glaucoma")).toBe(201);
  expect(await label(first.prediction_id, "glaucoma")).toBe(200);
  expect(await label(first.prediction_id, "fine")).toBe(422);

  // A kept photograph is answered again, bit by bit.
  const replayed = await answerOf(["replay", first.prediction_id]);
  expect(replayed).toMatchObject({ is_same: true, replayed: { model: { version: "1" } } });

  // Killed half-way, a training leaves no version.
  await killHalfWay();
  expect(await countVersions()).toBe(1);
  const interrupted = await readRetrainingState(location());
  expect(interrupted.state?.phase).toBe("training");
  // Nobody works on it any more; the lease would say so in ten minutes.
  if (interrupted.state !== undefined)
    await writeRetrainingState(
      location(),
      { ...interrupted.state, lease_until_ms: 0 },
      interrupted.condition,
    );

  // It is resumed: the candidate is registered once, asked, and made the challenger.
  const outcome = await answerOf(retrain(), gate());
  expect(outcome).toMatchObject({
    state: { phase: "done", attempt: interrupted.state?.attempt, version: "2" },
  });
  expect(await tagsOf("2")).toMatchObject({
    "gate.verdict": "It passed every check.",
    "gate.check.loadable": expect.stringMatching(/^passed/),
    "gate.check.sensitivity_glaucoma": expect.stringMatching(/^passed/),
    "gate.evaluation_set": expect.stringMatching(/^8 photographs, sha256 [0-9a-f]{64}$/),
    "retraining.photographs": String(photographCount),
  });
  expect((await predict(50)).model.version).toBe("1");
  expect(await answerOf(retrain(), { ...gate(), RETRAINING_LABELS: "1" })).toMatchObject({
    outcome: expect.stringMatching(/Nothing calls for a training/),
  });

  // It answers in the shadow.
  const shadow = await until("an answer of the challenger", findShadow("2"));
  expect(shadow).toMatchObject({ champion: { version: "1" }, problem: "" });
  const compared = await answerOf(["compare", "1", "2", "--output", path.join(folder, "comparison")]);
  expect(compared.versions[0].realised.labelled).toBe(photographCount);
  expect(compared.agreement.value).toBeGreaterThanOrEqual(0);

  // A gate that refuses keeps it from serving; by force it serves, and is rolled back.
  const refused = await runCommand(["promote", "2"], { ...gate(), GATE_MAXIMUM_INFERENCE_MS: "1" });
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining("The gate refuses it: latency") });
  const promoted = await answerOf(["promote", "2", "--force", "a test"], {
    ...gate(),
    GATE_MAXIMUM_INFERENCE_MS: "1",
  });
  expect(promoted).toMatchObject({ to: "2", from: "1", forced: "a test" });
  expect(await tagsOf("2")).toMatchObject({
    "gate.verdict": expect.stringMatching(/refuses it: latency\. .*moved anyway: a test/),
  });
  await until("version 2 to serve", async () =>
    (await predict(60)).model.version === "2" ? true : undefined,
  );
  await answerOf(["rollback"]);
  await until("version 1 to serve", async () =>
    (await predict(61)).model.version === "1" ? true : undefined,
  );
  const { periods } = await answerOf(["history"]);
  expect(
    periods.map(({ version, by }: { version: string; by: string }) => [version, /forced: a test/.test(by)]),
  ).toEqual([
    ["1", false],
    ["2", true],
    ["1", false],
  ]);

  // What is kept is forgotten.
  expect(await answerOf(["forget", first.prediction_id])).toMatchObject({ forgotten: [{ was_kept: true }] });
  expect((await runCommand(["replay", first.prediction_id])).stderr).toContain("No photograph of prediction");
});

it("a challenger that is broken is said, and concerns nobody", { timeout: 300_000 }, async () => {
  const broken = await registerBroken();
  await setAlias(mlflow, { name: names.model, alias: "challenger", version: broken });
  const state = await until("the broken challenger to be said", async () => {
    expect((await predict(98)).model.version).toBe("1");
    const { body } = await send(`${service().address}/health`);
    const health = JSON.parse(body.toString());
    return health.challenger?.version === broken ? health : undefined;
  });
  expect(state).toMatchObject({ status: "healthy", problems: [], challenger: { status: "failed" } });
  expect(state.challenger.problem).toMatch(/model\.onnx/);
});

/** A version that the registry has and nothing can load. */
async function registerBroken(): Promise<string> {
  const source = `s3://${stack.bucket}/artifact-sources/broken-${names.model}`;
  const files = createS3ArtifactSource(location().store, source);
  await files.upload("MLmodel", Buffer.from("flavors:\n  onnx:\n    data: model.onnx\n"));
  await files.upload("model.onnx", Buffer.from("no model"));
  const { version } = await createModelVersion(mlflow, { name: names.model, source });
  return version ?? "";
}

/** A training that has begun, ended as a machine that is switched off ends it. */
async function killHalfWay(): Promise<void> {
  const env = { ...process.env, ...environment };
  const words = ["retrain", "--now", "--program", "sleep 600", "--work", path.join(folder, "work")];
  // `sleep` takes none of the parameters and ends with an error; a shell waits in its place.
  words[3] = path.join(folder, "wait.sh");
  writeFileSync(path.join(folder, "wait.sh"), "#!/bin/sh\nexec sleep 600\n", { mode: 0o755 });
  const child = spawn(process.execPath, [path.join(projectRoot, "scripts/fundus.mjs"), ...words], {
    env,
    stdio: "ignore",
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await until("the training to begin", async () => {
    const { state } = await readRetrainingState(location());
    return state?.phase === "training" ? true : undefined;
  });
  // The commands run in a group of their own, the training with them.
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await ended;
}
