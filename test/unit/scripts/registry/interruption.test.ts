import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

type Answer = object | "none";

const files = "files";
const lateMs = 500;

/** What MLflow answers during a registration, as far as it is read. */
const answers: Record<string, Answer> = {
  "experiments/get-by-name": { experiment: { experiment_id: "1", lifecycle_stage: "active" } },
  "registered-models/get": { registered_model: { name: "eye-disease-model" } },
  "registered-models/create": {},
  "runs/create": { run: { info: { run_id: "the-run" } } },
  "runs/outputs": {},
  "runs/update": { run_info: {} },
  "logged-models": { model: { info: { model_id: "m-1", artifact_uri: "mlflow-artifacts:/1/m-1" } } },
  "logged-models/m-1": { model: {} },
  "model-versions/create": { model_version: { version: "7" } },
  [files]: "none",
};

// Each test tries a model in a process of its own.
vi.setConfig({ testTimeout: 60_000 });

let server: Server;
let folder: string;
let calls: { call: string; body: Record<string, unknown> }[];
let command: ChildProcess;
let said: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "interrupt-register-"));
  calls = [];
  said = "";
});
afterEach(() => {
  command.kill("SIGKILL");
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Registers the packaged model. */
const register = (others: Record<string, Answer> = {}, words: string[] = []): Promise<void> =>
  start(["register", "models/eye-disease/model.keras", ...words], others);

/** Starts a command with an MLflow that answers so; without another answer, files take for ever. */
async function start(words: string[], others: Record<string, Answer> = {}): Promise<void> {
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://mlflow.test");
    const call = pathname.includes("mlflow-artifacts") ? files : pathname.replace("/api/2.0/mlflow/", "");
    const isJson = call !== files && request.method !== "GET";
    calls.push({ call, body: isJson ? ((await json(request)) as Record<string, unknown>) : {} });
    if (call === files) await finished(request.resume()).catch(() => {}); // an interrupted upload is broken off
    if (call === "model-versions/create") await sleep(lateMs);
    const answer = { ...answers, ...others }[call] ?? "none";
    if (answer === "none") return;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  command = spawn(process.execPath, ["scripts/fundus.mjs", ...words], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      PATH: process.env.PATH,
      TMPDIR: folder,
      MLFLOW_TRACKING_URI: address(),
    },
  });
  command.stderr?.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
}

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    if (command.exitCode !== null) throw new Error(`It has ended: ${said}`);
    await sleep(5);
  }
}

const trials = () => readdirSync(folder).filter((name) => name.startsWith("try-model-"));
const bodiesOf = (wanted: string) => calls.filter(({ call }) => call === wanted).map(({ body }) => body);

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("leaves no folder when %s ends it while the model is tried", async (signal, code) => {
  await register();
  await until(() => trials().length > 0);
  const ended = once(command, "close");
  command.kill(signal);
  expect(await ended).toEqual([code, null]);
  expect(trials()).toEqual([]);
  expect(said).toContain(`Interrupted (${signal})`);
  expect(bodiesOf("runs/create")).toEqual([]);
});

it("ends its run and its logged model while files are uploaded, whoever repeats the signal", async () => {
  await register();
  await until(() => bodiesOf(files).length > 0);
  expect(said).toContain(`model.keras in ${address()}\n`);
  const ended = once(command, "close");
  command.kill("SIGINT");
  command.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  expect(bodiesOf("runs/update")).toMatchObject([{ run_id: "the-run", status: "KILLED" }]);
  expect(bodiesOf("logged-models/m-1")).toMatchObject([{ status: "LOGGED_MODEL_UPLOAD_FAILED" }]);
  expect(bodiesOf("model-versions/create")).toEqual([]);
  expect(trials()).toEqual([]);
});

it("ends what it is about when the version is being created, but moves nothing to it", async () => {
  await register({ [files]: {} }, ["--stage", "Production"]);
  await until(() => bodiesOf("model-versions/create").length > 0);
  const ended = once(command, "close");
  command.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  expect(bodiesOf("runs/update")).toMatchObject([{ run_id: "the-run", status: "FINISHED" }]);
  expect(said).toContain(
    "eye-disease-model version 7 is registered, but is not Production: Interrupted (SIGINT). Move it with: npm run promote",
  );
  expect(calls.map(({ call }) => call)).not.toContain("model-versions/transition-stage");
});

it("names the registry before a promotion, and says how to see whether an interrupted one has moved anything", async () => {
  await start(["promote", "7"]);
  await until(() => calls.length > 0);
  expect(said).toContain(`Promoting version 7 in ${address()}\n`);
  const ended = once(command, "close");
  command.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  expect(said).toContain("Interrupted (SIGINT). Which version serves now: npm run models");
});
