import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { backUpLocally } from "../../../scripts/backup/back-up-locally.ts";
import { withSource, withStores } from "../../../scripts/backup/local-stores.ts";
import { backupPrograms } from "../../../scripts/backup/programs.ts";
import { ensurePythonEnvironment } from "../../../scripts/stack/python-environment.ts";
import { type Stack, startStack } from "../../../scripts/stack/stack.ts";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { restoreBackup } from "../../../shared/backup/restore-backup.ts";
import { reconcileRequestKey } from "../../../shared/tracking/upkeep/reconcile-again.ts";

let directory = "";
let backups = "";
let stack: Stack;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "fundus-stack-"));
  backups = mkdtempSync(path.join(tmpdir(), "fundus-backups-"));
  stack = await startStack({ directory, auth: true });
});
afterAll(async () => {
  await stack.stop();
  for (const folder of [directory, backups]) rmSync(folder, { recursive: true, force: true });
});

const user = { username: "clinic", password: "a password of hers" };
const record = (name: string) => `inference-log/date=2026-11-28/hour=10/${name}.jsonl`;

function openStore() {
  Object.assign(process.env, stack.env);
  return createObjectStore({ region: "us-east-1", endpoint: stack.s3Url });
}

async function call(method: string, address: string, body?: object, { username, password } = stack.admin) {
  const answer = await fetch(`${stack.mlflowUrl}${address}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${username}:${password}`)}`,
      "content-type": "application/json",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, answer: text.startsWith("{") ? JSON.parse(text) : text };
}

async function putArtifact(name: string, bytes: Uint8Array) {
  const { username, password } = stack.admin;
  const { status } = await fetch(`${stack.mlflowUrl}/api/2.0/mlflow-artifacts/artifacts/${name}`, {
    method: "PUT",
    headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` },
    body: Buffer.from(bytes),
  });
  expect(status).toBe(200);
}

const makeBackup = (keep = 7) => backUpLocally(directory, { directory: backups, keep });

/** Everything that is looked at before and after: metadata, users, a model's file, a record. */
async function readEverything() {
  const [experiment, model, mine, artifact, kept] = await Promise.all([
    call("GET", "/api/2.0/mlflow/experiments/get-by-name?experiment_name=kept"),
    call("GET", "/api/2.0/mlflow/registered-models/get?name=kept-model"),
    call("GET", "/api/2.0/mlflow/experiments/get-by-name?experiment_name=kept", undefined, user),
    openStore().getObject(stack.bucket, "artifacts/kept/weights.bin"),
    openStore().getObject(stack.inferenceLogBucket, record("100000000-a-1-p1")),
  ]);
  return {
    experiment: experiment.answer.experiment.experiment_id,
    model: model.answer.registered_model.creation_timestamp,
    userSees: mine.status,
    artifact: Buffer.from(artifact?.bytes ?? []).toString("hex"),
    record: Buffer.from(kept?.bytes ?? []).toString(),
  };
}

/** docs/backup.md's command in the container, with the servers of this test in the place of Compose's. */
async function runAsComposeDoes(...words: string[]) {
  const { services } = parse(readFileSync("docker-compose.yml", "utf8"), { merge: true });
  const { environment, command } = services.backup;
  const { port, password } = new URL(stack.postgresUrl);
  const { postgresPrograms } = await ensurePythonEnvironment();
  const env = {
    ...environment,
    ...stack.env,
    PATH: process.env.PATH,
    BACKUP_DIRECTORY: backups,
    BACKUP_DATABASE_URL: environment.BACKUP_DATABASE_URL.replace("postgres:5432", `127.0.0.1:${port}`),
    BACKUP_EVERY_HOURS: "24",
    BACKUP_KEEP: "7",
    PGPASSWORD: password,
    POSTGRES_PROGRAMS: postgresPrograms,
  };
  const [program, script] = command;
  return JSON.parse((await promisify(execFile)(program, [script, ...words], { env })).stdout);
}

/** As when the disk was lost: keys and passwords are kept elsewhere. */
async function destroyData() {
  await stack.stop();
  for (const name of ["postgres", "s3"]) rmSync(path.join(directory, name), { recursive: true });
}

describe("a backup", () => {
  let file = "";
  let before: Awaited<ReturnType<typeof readEverything>>;

  it("is made while everything runs, with users, metadata, artifacts and records", async () => {
    expect((await call("POST", "/api/2.0/mlflow/users/create", user)).status).toBe(200);
    await call("POST", "/api/2.0/mlflow/experiments/create", { name: "kept" });
    await call("POST", "/api/2.0/mlflow/registered-models/create", { name: "kept-model" });
    await putArtifact(
      "kept/weights.bin",
      Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251),
    );
    await openStore().putObject(
      stack.inferenceLogBucket,
      record("100000000-a-1-p1"),
      '{"kind":"prediction"}\n',
    );
    before = await readEverything();
    expect(before).toMatchObject({ userSees: 200, record: '{"kind":"prediction"}\n' });
    expect(before.artifact).toHaveLength(600_000);

    const backup = await makeBackup();
    file = backup.file;
    expect(backup.manifest.databases.map(({ name }) => name)).toEqual(["mlflow", "mlflow_auth"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(backups)).toEqual([path.basename(file)]);
  });

  it("brings everything back after the data is destroyed", async () => {
    await destroyData();
    await withStores(directory, (source) => restoreBackup(file, source, backupPrograms));
    stack = await startStack({ directory, auth: true });
    expect(await readEverything()).toEqual(before);
    expect(readdirSync(backups)).toEqual([path.basename(file)]);
  });

  it("that fails half-way leaves no file, and those before it as they were", async () => {
    const missing = { BACKUP_DATABASES: "mlflow,never_made" };
    Object.assign(process.env, missing);
    await expect(makeBackup(1)).rejects.toThrow(/never_made/);
    delete process.env.BACKUP_DATABASES;
    expect(readdirSync(backups)).toEqual([path.basename(file)]);
  });

  it("is not restored under a running stack", async () => {
    const restoring = withSource(directory, (source) => restoreBackup(file, source, backupPrograms), {
      whileItRuns: false,
    });
    await expect(restoring).rejects.toThrow("npm stop");
  });

  it("that is damaged is refused before anything is touched; a whole one goes back and leaves newer records", async () => {
    await openStore().putObject(stack.inferenceLogBucket, record("110000000-b-1-p1"), "newer\n");
    await call("POST", "/api/2.0/mlflow/experiments/create", { name: "made later" });
    await stack.mlflow.stop();
    const damaged = path.join(backups, "damaged.tar");
    copyFileSync(file, damaged);
    const bytes = readFileSync(damaged);
    const weights = Buffer.from(before.artifact, "hex").subarray(0, 1000);
    const place = bytes.indexOf(weights);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(damaged, bytes);
    const restore = (name: string) =>
      withSource(directory, (source) => restoreBackup(name, source, backupPrograms), { whileItRuns: true });
    await expect(restore(damaged)).rejects.toThrow(/is damaged/);
    await stack.mlflow.start();
    const later = "/api/2.0/mlflow/experiments/get-by-name?experiment_name=made%20later";
    expect((await call("GET", later)).status).toBe(200);

    await stack.mlflow.stop();
    await restore(file);
    await stack.mlflow.start();
    expect((await call("GET", later)).status).toBe(404);
    expect(await readEverything()).toEqual(before);
    const newer = await openStore().getObject(stack.inferenceLogBucket, record("110000000-b-1-p1"));
    expect(Buffer.from(newer?.bytes ?? []).toString()).toBe("newer\n");
    const request = await openStore().getObject(stack.inferenceLogBucket, reconcileRequestKey(""));
    const { since } = JSON.parse(Buffer.from(request?.bytes ?? []).toString());
    expect(Date.parse(since)).toBeLessThanOrEqual(Date.parse("2026-11-28T10:00:00Z"));
  });

  it("is made and restored by the commands of Compose's backup service, with its settings", async () => {
    const { file: own } = await runAsComposeDoes("backup", "--json");
    await call("POST", "/api/2.0/mlflow/experiments/create", { name: "made after it" });
    await stack.mlflow.stop();
    expect(await runAsComposeDoes("restore", own, "--json")).toMatchObject({ databases: ["mlflow"] });
    await stack.mlflow.start();
    const later = "/api/2.0/mlflow/experiments/get-by-name?experiment_name=made%20after%20it";
    expect((await call("GET", later)).status).toBe(404);
    expect(await readEverything()).toEqual(before);
  });

  it("takes the place of the oldest when as many as wanted are there", async () => {
    const { file: second } = await makeBackup(1);
    expect(readdirSync(backups).filter((name) => name.startsWith("fundus-"))).toEqual([
      path.basename(second),
    ]);
  });
});
