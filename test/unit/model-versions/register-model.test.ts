import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { createMlflowClient } from "../../../shared/mlflow/client.ts";
import { type RegisterOptions, registerModel } from "../../../shared/model-versions/register-model.ts";
import type { tryModelFile } from "../../../shared/model-versions/try-model.ts";
import { createContract } from "../../support/create-predictor.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

/** In place of a trial, which takes a process of its own and a second: try-model.test.ts makes one. */
const tryFile = vi.fn<typeof tryModelFile>();

const weights = Buffer.from("weights");
const sha256 = createHash("sha256").update(weights).digest("hex");

let folder: string;
let modelFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "register-model-"));
  modelFile = join(folder, "colours.onnx");
  writeFileSync(modelFile, weights);
  writeFileSync(
    join(folder, "model-contract.json"),
    JSON.stringify({ labels: ["r", "g", "b"], version: "9" }),
  );
  tryFile.mockImplementation(async (_, contractFiles) => ({
    contract: createContract(JSON.parse(contractFiles.get("model-contract.json") ?? "{}")),
    contractBy: { labels: "model-contract.json" },
    ...{ engine: "onnx", loadTimeSeconds: 1, sizeBytes: 7, peakMemoryMb: 1, inferenceTimeMs: 1 },
  }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Body = Record<string, unknown>;

/** An MLflow that takes everything, except the call of this path. */
function createMlflow(failing?: string, failure: object = { error_code: "INTERNAL_ERROR", message: "no" }) {
  const calls: [path: string, body: Body][] = [];
  const files = new Map<string, Buffer>();
  const info = { run_id: "r-1", model_id: "m-1", artifact_uri: "mlflow-artifacts:/7/models/m-1/artifacts" };
  const answers: Record<string, object> = {
    "registered-models/get": { registered_model: { name: "eyes" } },
    "experiments/get-by-name": { experiment: { experiment_id: "7", lifecycle_stage: "active" } },
    "runs/create": { run: { info } },
    "logged-models": { model: { info } },
    "logged-models/m-1": { model: { info } },
    "registered-models/create": { registered_model: { name: "eyes" } },
    "model-versions/create": { model_version: { name: "eyes", version: "4" } },
    "runs/update": { run_info: info },
    "model-versions/transition-stage": { model_version: { version: "4", last_updated_timestamp: 1 } },
    "registered-models/alias": { model_version: { name: "eyes", version: "4" } },
  };
  const mlflow = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request) => {
      const path = new URL(request.url).pathname.replace(/^\/api\/2\.0\/(mlflow\/)?/, "");
      const isUpload = request.method === "PUT";
      const body = request.method === "GET" || isUpload ? {} : ((await request.json()) as Body);
      if (request.method !== "GET") calls.push([path, body]);
      if (path === failing) return Response.json(failure, { status: 400 });
      if (isUpload) {
        const name = path.replace("mlflow-artifacts/artifacts/7/models/m-1/artifacts/", "");
        files.set(name, Buffer.from(await request.arrayBuffer()));
      }
      return Response.json(answers[path] ?? {});
    },
  });
  const bodiesOf = (path: string) => calls.filter(([called]) => called === path).map(([, body]) => body);
  return { mlflow, files, bodiesOf, paths: () => calls.map(([path]) => path) };
}

const register = (mlflow: RegisterOptions["mlflow"], others: Partial<RegisterOptions> = {}) =>
  registerModel(modelFile, {
    ...{ mlflow, store: createMemoryStore(), name: "eyes", experimentName: "training", engine: "onnx" },
    ...{ apiVersion: "1.2.3", environment: "test" },
    tryFile,
    ...others,
  });
const ended = (status: string) => [
  expect.objectContaining({ run_id: "r-1", status, end_time: expect.any(Number) }),
];

describe("a file that can be served", () => {
  it("becomes a version with its files, its hash and its tags, and the run is finished", async () => {
    const steps: string[] = [];
    const { mlflow, files, bodiesOf } = createMlflow();
    const registered = await register(mlflow, {
      tags: { camera: "x" },
      onProgress: (step) => steps.push(step),
    });
    expect(registered).toMatchObject({ name: "eyes", version: "4", runId: "r-1", modelId: "m-1" });
    expect(files.get("model.onnx")?.equals(weights)).toBe(true);
    expect(JSON.parse(String(files.get("model-contract.json")))).toEqual({ labels: ["r", "g", "b"] });
    expect(files.has("MLmodel")).toBe(true);
    expect(bodiesOf("model-versions/create")).toMatchObject([
      {
        ...{ name: "eyes", source: "models:/m-1", model_id: "m-1", run_id: "r-1" },
        description: expect.stringContaining("| answers | r, g, b |"),
        tags: [
          { key: "camera", value: "x" },
          { key: "sha256", value: sha256 },
        ],
      },
    ]);
    expect(bodiesOf("logged-models/m-1")).toEqual([{ model_id: "m-1", status: "LOGGED_MODEL_READY" }]);
    expect(bodiesOf("logged-models")).toMatchObject([{ experiment_id: "7", source_run_id: "r-1" }]);
    expect(bodiesOf("runs/create")).toMatchObject([
      {
        run_name: "register_eyes",
        tags: expect.arrayContaining([
          { key: "project", value: "eye-disease-classifier" },
          { key: "framework", value: "tensorflow" },
          { key: "api_version", value: "1.2.3" },
          { key: "environment", value: "test" },
        ]),
      },
    ]);
    expect(bodiesOf("runs/outputs")).toEqual([{ run_id: "r-1", models: [{ model_id: "m-1", step: 0 }] }]);
    expect(bodiesOf("runs/update")).toEqual(ended("FINISHED"));
    expect(steps).toEqual([
      "Trying colours.onnx (onnx)",
      "It answers on onnx: r, g, b",
      "Uploading model.onnx (0.0 MB)",
      "Registered eyes version 4",
    ]);
  });

  it("becomes the next version of a model that is there already", async () => {
    const there = { error_code: "RESOURCE_ALREADY_EXISTS", message: "there" };
    const { mlflow, bodiesOf } = createMlflow("registered-models/create", there);
    expect(await register(mlflow)).toMatchObject({ version: "4" });
    expect(bodiesOf("runs/update")).toEqual(ended("FINISHED"));
  });

  it("is what stages and aliases point at then", async () => {
    const { mlflow, bodiesOf, paths } = createMlflow();
    const steps: string[] = [];
    await register(mlflow, { pointers: [{ alias: "champion" }], onProgress: (step) => steps.push(step) });
    expect(bodiesOf("registered-models/alias")).toEqual([{ name: "eyes", version: "4", alias: "champion" }]);
    expect(paths().indexOf("registered-models/alias")).toBeGreaterThan(paths().indexOf("runs/update"));
    expect(steps.at(-1)).toBe("@champion is now version 4 (before: 4)");
  });

  it("stays registered where a pointer cannot be moved, which is said with what to do", async () => {
    const { mlflow, bodiesOf } = createMlflow("registered-models/alias");
    const failure = await register(mlflow, { pointers: [{ alias: "champion" }] }).catch((error) => error);
    expect(failure).toMatchObject({
      code: "pointer_not_moved",
      message: expect.stringMatching(
        /^eyes version 4 is registered, but is not @champion: .*\. Move it with: npm run promote$/,
      ),
    });
    expect(bodiesOf("runs/update")).toEqual(ended("FINISHED"));
  });
});

describe("nothing is registered", () => {
  it("of a file that cannot be served", async () => {
    const refusal = new ModelError("its contract names 2 labels");
    tryFile.mockRejectedValue(refusal);
    const { mlflow, paths } = createMlflow();
    await expect(register(mlflow)).rejects.toBe(refusal);
    expect(paths()).toEqual([]);
  });

  it("where the reference window cannot be used", async () => {
    const referenceWindowFile = join(folder, "window.jsonl");
    writeFileSync(referenceWindowFile, "not a window");
    const { mlflow, paths } = createMlflow();
    const checked: unknown[] = [];
    const checkReferenceWindow = (...parts: unknown[]) => {
      checked.push(parts);
      throw new Error("no window");
    };
    await expect(register(mlflow, { referenceWindowFile, checkReferenceWindow })).rejects.toThrow(
      "no window",
    );
    expect(checked).toEqual([["not a window", "window.jsonl", ["r", "g", "b"]]]);
    expect(paths()).toEqual([]);
  });

  it("under a name that MLflow does not take, before the file is tried", async () => {
    const steps: string[] = [];
    const { mlflow, paths } = createMlflow("registered-models/get");
    await expect(register(mlflow, { onProgress: (step) => steps.push(step) })).rejects.toThrow("no");
    expect([steps, paths()]).toEqual([[], []]);
  });

  it.each([
    ["mlflow-artifacts/artifacts/7/models/m-1/artifacts/model.onnx", true],
    ["model-versions/create", true],
    ["registered-models/create", true],
    ["logged-models", false],
  ])("after a failure of %s, which is said at the run and the logged model", async (failing, hasModel) => {
    const { mlflow, bodiesOf } = createMlflow(failing);
    await expect(register(mlflow)).rejects.toThrow("no");
    expect(bodiesOf("runs/update")).toEqual(ended("FAILED"));
    const marks = bodiesOf("logged-models/m-1").map(({ status }) => status);
    expect(marks.at(-1)).toBe(hasModel ? "LOGGED_MODEL_UPLOAD_FAILED" : undefined);
  });

  it("once it was interrupted, which is said at the run", async () => {
    const interruption = new AbortController();
    const { mlflow, files, bodiesOf, paths } = createMlflow();
    const onProgress = (step: string) => {
      if (step.startsWith("Uploading")) interruption.abort(new Error("Interrupted"));
    };
    const { signal } = interruption;
    await expect(register(mlflow, { onProgress, signal })).rejects.toThrow("Interrupted");
    expect(bodiesOf("runs/update")).toEqual(ended("KILLED"));
    expect(bodiesOf("logged-models/m-1")).toMatchObject([{ status: "LOGGED_MODEL_UPLOAD_FAILED" }]);
    expect(paths()).not.toContain("model-versions/create");
    expect(files.has("MLmodel")).toBe(false);
  });
});
