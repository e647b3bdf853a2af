import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureKerasEnvironment } from "../../../scripts/python/keras-environment.ts";
import { createKeptPhotographs } from "../../../shared/aws/kept-photographs.ts";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { readRecords } from "../../../shared/inference-log/read-window.ts";
import { readRetrainingState, writeRetrainingState } from "../../../shared/learning/retraining-state.ts";
import { createModelVersion } from "../../../shared/mlflow/calls/create-model-version.ts";
import { getModelVersion } from "../../../shared/mlflow/calls/get-model-version.ts";
import { ofModel, searchModelVersions } from "../../../shared/mlflow/calls/search-model-versions.ts";
import { setAlias } from "../../../shared/mlflow/calls/set-alias.ts";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createS3ArtifactSource } from "../../../shared/registry/artifact-source/s3-artifact-source.ts";
import type { ShadowRecord } from "../../../shared/schemas/inference-record.ts";
import type { Prediction } from "../../../shared/schemas/prediction.ts";
import { writeEndlessModel } from "../../support/endless-model.ts";
import { send } from "../../support/http-client.ts";
import { drawnRetina } from "../../support/image-files.ts";
import { createPredictClient, expectPrediction } from "../../support/predict-client.ts";
import { registerForService, type ServiceNames } from "../../support/registered-service.ts";
import { useOfflineServer } from "../../support/service.ts";
import { useSharedStack } from "../../support/stack.ts";

const stack = useSharedStack();
const projectRoot = path.resolve(import.meta.dirname, "../../..");
const patienceMs = 60_000;
/** Retinas of four colours stand for the classes: the packaged model cannot tell them apart, and one that has seen some can. */
const colours = {
  cataract: [200, 90, 40],
  diabetic_retinopathy: [60, 170, 70],
  glaucoma: [60, 90, 200],
  normal: [190, 190, 190],
} as const;
type Class = keyof typeof colours;
const classes = Object.keys(colours) as Class[];
/** One of six that differ a little in colour and haze: two of a class are labelled, the others are the evaluation set. */
const retinaOf = (name: Class, index: number): Promise<Buffer> => {
  const [red, green, blue] = colours[name];
  return drawnRetina([red + 4 * index, green + 3 * index, blue + 2 * index], 0.02 * index);
};
const labelledIndices = [0, 3];
const photographCount = classes.length * labelledIndices.length;

let environment: Record<string, string>;
let names: ServiceNames;
let folder: string;
let program: string;

const service = useOfflineServer(async () => {
  const registered = await registerForService(useSharedStack());
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
  for (const name of classes) {
    mkdirSync(path.join(folder, "evaluation", name), { recursive: true });
    for (const index of [1, 2, 4, 5])
      writeFileSync(path.join(folder, "evaluation", name, `${index}.png`), await retinaOf(name, index));
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
/** Every limit is the default but one: so few pictures leave a wide interval. */
const gate = () => ({ EVALUATION_SET: path.join(folder, "evaluation"), GATE_MARGIN: "0.5" });

async function label(predictionId: string, value: string): Promise<number> {
  const answer = await send(`${service().address}/predictions/${predictionId}/label`, {
    method: "POST",
    headers: ["Content-Type", "application/json"],
    body: JSON.stringify({ label: value, labelled_by: "Dr. Silva" }),
  });
  return answer.status;
}

const predict = async (name: Class = "normal", index = 6): Promise<Prediction> =>
  expectPrediction(await postFile(await retinaOf(name, index)));

async function until<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > deadlineMs) throw new Error(`Waited ${patienceMs} ms for ${what}`);
    await sleep(250);
  }
}

const untilServes = (version: string) =>
  until(`version ${version} to serve`, async () =>
    (await predict()).model.version === version ? true : undefined,
  );

/** Who was in Production, the oldest first; with the reason where it was forced. */
async function listPeriods(): Promise<string[]> {
  const { periods } = await answerOf(["history"]);
  return periods.map(({ version, by }: { version: string; by: string }) =>
    [version, ...(/forced: [\w ]+/.exec(by) ?? [])].join(", "),
  );
}

/** As a back-fill: a table of some labels, and JSON lines of the others. */
async function addFromS3(labels: readonly { prediction_id: string; label: string }[]): Promise<void> {
  const { store, bucket, prefix } = location();
  const [table, lines] = [labels.slice(0, 3), labels.slice(3)];
  const rows = table.map(({ prediction_id: id, label: name }) => `${id},${name}`);
  const files = {
    "labels.csv": ["prediction_id,label", ...rows, `${rows[0]?.split(",")[0]},fine`].join("\n"),
    "labels.jsonl": lines.map((line) => JSON.stringify({ ...line, labelled_by: "Dr. Souza" })).join("\n"),
  };
  for (const [name, text] of Object.entries(files)) await store.putObject(bucket, `${prefix}${name}`, text);
  const address = `s3://${bucket}/${prefix}`;
  // The terminal of whoever adds them knows nothing of the service's policy.
  const terminal = { KEEP_PHOTOGRAPHS: "none" };
  expect(await answerOf(["labels", `${address}labels.csv`], terminal)).toMatchObject({
    ...{ added: 3, unchanged: 0, refused: [{ line: 4, reason: expect.stringContaining("fine") }] },
  });
  expect(await answerOf(["labels", `${address}labels.jsonl`], terminal)).toMatchObject({
    ...{ added: 4, refused: [] },
  });
  const photographs = createKeptPhotographs(store, environment.PHOTOGRAPH_BUCKET ?? "");
  for (const { prediction_id: id } of labels) expect(await photographs.fetchKept(id)).toBeDefined();
  const missing = await runCommand(["labels", `${address}none.csv`]);
  expect(missing).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`there is no ${address}none.csv`),
  });
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

const findShadow =
  (version: string, ask: () => Promise<unknown> = predict) =>
  async (): Promise<ShadowRecord | undefined> => {
    await ask();
    const { records } = await readRecords(location(), { sinceMs: Date.now() - 3_600_000, nowMs: Date.now() });
    return records.find((record) => record.kind === "shadow" && record.model.version === version) as
      | ShadowRecord
      | undefined;
  };

it("labels arrive, a version is trained, passes the gate, answers in the shadow, serves, and is rolled back", {
  timeout: 600_000,
}, async () => {
  // A slow machine begins with the packaged model.
  await untilServes("1");

  // Labels arrive.
  const known: { prediction_id: string; label: Class }[] = [];
  for (const name of classes) {
    for (const index of labelledIndices) {
      const { prediction_id, model } = await predict(name, index);
      expect(model.version).toBe("1");
      known.push({ prediction_id, label: name });
    }
  }
  const [first, ...others] = known as [(typeof known)[number]];
  expect(await label(first.prediction_id, first.label)).toBe(201);
  expect(await label(first.prediction_id, first.label)).toBe(200);
  expect(await label(first.prediction_id, "fine")).toBe(422);
  await addFromS3(others);

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
    "gate.check.calibration": expect.stringMatching(/^passed/),
    "gate.check.corruption": expect.stringMatching(/^passed/),
    "gate.evaluation_set": expect.stringMatching(/^16 photographs, sha256 [0-9a-f]{64}$/),
    "retraining.photographs": String(photographCount),
  });
  expect((await predict()).model.version).toBe("1");
  expect(await answerOf(retrain(), { ...gate(), RETRAINING_LABELS: "1" })).toMatchObject({
    outcome: expect.stringMatching(/Nothing calls for a training/),
  });

  // It answers in the shadow.
  const shadow = await until("an answer of the challenger", findShadow("2"));
  expect(shadow).toMatchObject({ champion: { version: "1" }, problem: "" });
  const output = ["--output", path.join(folder, "comparison")];
  const compared = await answerOf(["compare", "1", "2", ...output]);
  expect(compared.versions[0].realised.labelled).toBe(photographCount);
  expect(compared.agreement.value).toBeGreaterThanOrEqual(0);
  const shown = ["--photographs", path.join(folder, "evaluation"), ...output];
  expect(await answerOf(["compare", "1", "2", ...shown])).toMatchObject({
    photographs: { photographs: 16, unanswered: [] },
    page: expect.stringContaining("comparison.html"),
  });

  // The gate lets it serve, and it is rolled back.
  expect(await answerOf(["promote", "2"], gate())).toMatchObject({ to: "2", from: "1" });
  await untilServes("2");
  expect((await predict("glaucoma", 1)).predicted_class).toBe("glaucoma");
  await answerOf(["rollback"]);
  await untilServes("1");
  expect(await listPeriods()).toEqual(["1", "2", "1"]);

  // What is kept is forgotten.
  expect(await answerOf(["forget", first.prediction_id])).toMatchObject({ forgotten: [{ was_kept: true }] });
  expect((await runCommand(["replay", first.prediction_id])).stderr).toContain("No photograph of prediction");
});

it("what the gate refuses serves by force alone, and that stands in the history", {
  timeout: 300_000,
}, async () => {
  const strict = { ...gate(), GATE_MAXIMUM_INFERENCE_MS: "1" };
  const refused = await runCommand(["promote", "2"], strict);
  expect(refused).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(
      /The gate refuses it: latency\..*\n {2}latency: [0-9.]+ ms; at most 1 ms are allowed\n/s,
    ),
  });
  const promoted = await answerOf(["promote", "2", "--force", "a test"], strict);
  expect(promoted).toMatchObject({ to: "2", from: "1", forced: "a test" });
  expect(await tagsOf("2")).toMatchObject({
    "gate.verdict": expect.stringMatching(/refuses it: latency\. .*moved anyway: a test/),
  });
  await untilServes("2");
  await answerOf(["rollback"]);
  await untilServes("1");
  expect(await listPeriods()).toEqual(["1", "2", "1", "2, forced: a test", "1"]);
});

it("a challenger that is broken is said, and concerns nobody", { timeout: 300_000 }, async () => {
  const broken = await registerBroken();
  await setAlias(mlflow, { name: names.model, alias: "challenger", version: broken });
  const state = await until("the broken challenger to be said", async () => {
    expect((await predict()).model.version).toBe("1");
    const { body } = await send(`${service().address}/health`);
    const health = JSON.parse(body.toString());
    return health.challenger?.version === broken ? health : undefined;
  });
  expect(state).toMatchObject({ status: "healthy", problems: [], challenger: { status: "failed" } });
  expect(state.challenger.problem).toMatch(/ModelError/);
});

it("a challenger that is slow is said, and holds nobody up", { timeout: 300_000 }, async () => {
  const file = path.join(folder, "slow.onnx");
  // Nearly a second of a fast processor for each photograph, and two of a slow one.
  writeEndlessModel(file, 2_000_000);
  const slow = await registerOnnx("slow", readFileSync(file));
  await setAlias(mlflow, { name: names.model, alias: "challenger", version: slow });
  const answerMs = new Map<string, number>();
  const timedPredict = async () => {
    const startedMs = performance.now();
    const { model, prediction_id } = await predict();
    answerMs.set(prediction_id, performance.now() - startedMs);
    expect(model.version).toBe("1");
  };
  const shadow = await until("an answer of the slow challenger", findShadow(slow, timedPredict));
  for (let index = 0; index < 20; index += 1) await timedPredict();
  const shadowMs = shadow.answer?.inference_time_ms ?? 0;
  expect(answerMs.get(shadow.prediction_id)).toBeLessThan(shadowMs);
  // The median, because a single answer of a busy machine may take as long for other reasons.
  const median = [...answerMs.values()].sort((a, b) => a - b)[Math.floor(answerMs.size / 2)];
  expect(median).toBeLessThan(shadowMs * 0.7);
  const { body } = await send(`${service().address}/health`);
  expect(JSON.parse(body.toString()).challenger).toMatchObject({
    ...{ status: "ready", version: slow },
    problem: expect.stringMatching(
      /^Its last answer took \d+ ms\. After an answer of more than 500 ms it rests/,
    ),
  });
});

/** A version that the registry has and nothing can load. */
const registerBroken = () => registerOnnx("broken", Buffer.from("no model"));

async function registerOnnx(name: string, model: Uint8Array): Promise<string> {
  const source = `s3://${stack.bucket}/artifact-sources/${name}-${names.model}`;
  const files = createS3ArtifactSource(location().store, source);
  await files.upload("MLmodel", Buffer.from("flavors:\n  onnx:\n    data: model.onnx\n"));
  await files.upload("model.onnx", Buffer.from(model));
  const tags = [
    { key: "labels", value: "a, b, c" },
    { key: "value_range", value: "[0, 255]" },
  ];
  const { version } = await createModelVersion(mlflow, { name: names.model, source, tags });
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
