import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { checkReferenceWindow } from "../../../shared/drift-reference/check-reference-window.ts";
import { createExperiment } from "../../../shared/mlflow/calls/create-experiment.ts";
import { deleteModelVersion } from "../../../shared/mlflow/calls/delete-model-version.ts";
import { getDownloadUri } from "../../../shared/mlflow/calls/get-download-uri.ts";
import { getExperimentByName } from "../../../shared/mlflow/calls/get-experiment-by-name.ts";
import { getLoggedModel } from "../../../shared/mlflow/calls/get-logged-model.ts";
import { getModelVersion } from "../../../shared/mlflow/calls/get-model-version.ts";
import { getRegisteredModel } from "../../../shared/mlflow/calls/get-registered-model.ts";
import { getRun } from "../../../shared/mlflow/calls/get-run.ts";
import { searchRuns } from "../../../shared/mlflow/calls/search-runs.ts";
import { setAlias } from "../../../shared/mlflow/calls/set-alias.ts";
import { transitionStage } from "../../../shared/mlflow/calls/transition-stage.ts";
import type { Run } from "../../../shared/mlflow/types.ts";
import { listModels } from "../../../shared/model-versions/list-models.ts";
import { promoteVersion, rollBack } from "../../../shared/model-versions/promote-version.ts";
import { type RegisterOptions, registerModel } from "../../../shared/model-versions/register-model.ts";
import { readAuditEntries } from "../../../shared/registry/pointers/audit.ts";
import { resolveVersion } from "../../../shared/registry/resolve-version.ts";
import { useSharedStack } from "../../support/stack.ts";
import { pythonTimeoutMs, runPython } from "./python.ts";
import { connectTo } from "./registry-clients.ts";
import { answerTestPicture, createServiceFor, expectSameAnswer } from "./service-for.ts";

const packagedModel = path.join(projectRoot, "models/eye-disease/model.keras");
const stack = useSharedStack();
const clients = connectTo(stack.env);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "register-model-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (name: string, others: Partial<RegisterOptions> = {}): RegisterOptions => ({
  ...clients,
  name,
  experimentName: "register-model",
  apiVersion: "1.2.3",
  environment: "test",
  engine: "auto",
  ...others,
});

async function writeContract(name: string, contract: object): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, JSON.stringify(contract));
  return file;
}

const serve = (name: string, environment: Record<string, string> = {}) =>
  createServiceFor(clients, {
    MLFLOW_MODEL_NAME: name,
    MODEL_CACHE_DIRECTORY: path.join(folder, "cache"),
    LOCAL_MODEL_DIRECTORY: path.join(folder, "no-packaged-model"),
    ...environment,
  });

describe("a registered file", () => {
  test("is a version with a run, a logged model and its files' hash, and is served with its contract", async () => {
    const windowFile = path.join(folder, "window.json");
    await writeFile(windowFile, "{}");
    const registered = await registerModel(
      packagedModel,
      options("node-full", {
        referenceWindowFile: windowFile,
        pointers: [{ stage: "Production" }, { alias: "champion" }],
      }),
    );

    const version = await getModelVersion(clients.mlflow, "node-full", registered.version);
    expect(version).toMatchObject({
      version: "1",
      source: `models:/${registered.modelId}`,
      run_id: registered.runId,
      status: "READY",
      current_stage: "Production",
      aliases: ["champion"],
      description: expect.stringMatching(
        /\| answers \| cataract, diabetic_retinopathy, glaucoma, normal \|[\s\S]*\| assumed, not declared \| [\s\S]*# Model card: eye-disease/,
      ),
    });
    const sha256 = createHash("sha256").update(readFileSync(packagedModel)).digest("hex");
    expect(version?.tags).toContainEqual({ key: "sha256", value: sha256 });
    expect((await getRun(clients.mlflow, registered.runId))?.info).toMatchObject({ status: "FINISHED" });

    const service = serve("node-full");
    const { identity } = await answerTestPicture(service);
    expect(identity).toEqual({ name: "node-full", version: "1", source: "mlflow_registry" });
    expect(service.state().contractBy).toMatchObject({
      labels: "model-contract.json",
      reference_window: "model-contract.json",
    });
    await service.dispose();
  });

  test("is loaded by Python's client, and answers there as here", { timeout: pythonTimeoutMs }, async () => {
    await registerModel(packagedModel, options("node-python", { pointers: [{ stage: "Production" }] }));
    const output = path.join(folder, "loaded.json");
    await runPython(stack.env, "load-models.py", output, "node-python/1");

    const service = serve("node-python");
    const { probabilities } = await answerTestPicture(service);
    expectSameAnswer(probabilities, JSON.parse(readFileSync(output, "utf8"))["node-python/1"]);
    await service.dispose();
  });

  test("lies in S3 without the proxy when its experiment's root is there", async () => {
    await createExperiment(clients.mlflow, {
      name: "register-model-s3",
      artifact_location: `s3://${stack.bucket}/register-model-s3`,
    });
    await registerModel(packagedModel, options("node-s3", { experimentName: "register-model-s3" }));
    expect(await getDownloadUri(clients.mlflow, "node-s3", "1")).toMatch(/^s3:\/\//);

    const service = serve("node-s3", { MODEL_VERSION: "1" });
    expect((await answerTestPicture(service)).identity.version).toBe("1");
    await service.dispose();
  });
});

describe("what cannot be served is not registered", () => {
  test("a reference window that the caller's check refuses", async () => {
    const referenceWindowFile = path.join(folder, "refused-window.jsonl");
    await writeFile(referenceWindowFile, "# Read me");
    const registering = registerModel(
      packagedModel,
      options("node-refused-window", { referenceWindowFile, checkReferenceWindow }),
    );
    await expect(registering).rejects.toThrow("refused-window.jsonl, line 1: expected a prediction");
    expect(await getRegisteredModel(clients.mlflow, "node-refused-window")).toBeUndefined();
  });

  test.each([
    [{ labels: ["a", "b"] }, /names 2 labels but the graph distinguishes 4 classes/],
    [{ input: { height: 100, width: 100 } }, /declares an input of 100 x 100/],
    [{ temperature: -1 }, /temperature/],
  ])("a contract of %j", async (contract, message) => {
    const contractFile = await writeContract("refused.json", contract);
    await expect(registerModel(packagedModel, options("node-refused", { contractFile }))).rejects.toThrow(
      message,
    );
    expect(await getRegisteredModel(clients.mlflow, "node-refused")).toBeUndefined();
  });

  test("under a name that MLflow does not take, before anything is written", async () => {
    const steps: string[] = [];
    const registering = registerModel(
      packagedModel,
      options("a:b", { experimentName: "never-made", onProgress: (step) => steps.push(step) }),
    );
    await expect(registering).rejects.toThrow("Invalid model name 'a:b'");
    expect(steps).toEqual([]);
    expect(await getExperimentByName(clients.mlflow, "never-made")).toBeUndefined();
  });

  test("and a failure half-way leaves no version, and says at the run and the model that it failed", async () => {
    await createExperiment(clients.mlflow, {
      name: "register-model-nowhere",
      artifact_location: `s3://${stack.bucket}/nowhere`,
    });
    const store = createObjectStore({ region: "us-east-1", endpoint: "http://127.0.0.1:9" });
    await expect(
      registerModel(
        packagedModel,
        options("node-refused", { store, experimentName: "register-model-nowhere" }),
      ),
    ).rejects.toThrow(/S3 PutObject of .* failed .*ECONNREFUSED/);
    expect(await getRegisteredModel(clients.mlflow, "node-refused")).toBeUndefined();
    const { experiment_id: id = "" } =
      (await getExperimentByName(clients.mlflow, "register-model-nowhere")) ?? {};
    const runs: Run[] = [];
    for await (const run of searchRuns(clients.mlflow, { experiment_ids: [id] })) runs.push(run);
    expect(runs.map(({ info }) => info.status)).toEqual(["FAILED"]);
    const modelId = runs[0]?.outputs?.model_outputs?.[0]?.model_id ?? "";
    expect((await getLoggedModel(clients.mlflow, modelId))?.info.status).toBe("LOGGED_MODEL_UPLOAD_FAILED");
  });

  test("and an interruption leaves no version, and says at the run that it was killed", async () => {
    const interruption = new AbortController();
    const onProgress = (message: string) => {
      if (message.startsWith("Uploading")) interruption.abort(new Error("Interrupted"));
    };
    const experimentName = "register-model-interrupted";
    await expect(
      registerModel(
        packagedModel,
        options("node-interrupted", { experimentName, onProgress, signal: interruption.signal }),
      ),
    ).rejects.toThrow("Interrupted");
    expect(await getRegisteredModel(clients.mlflow, "node-interrupted")).toBeUndefined();
    const { experiment_id: id = "" } = (await getExperimentByName(clients.mlflow, experimentName)) ?? {};
    const runs: Run[] = [];
    for await (const run of searchRuns(clients.mlflow, { experiment_ids: [id] })) runs.push(run);
    expect(runs.map(({ info }) => info.status)).toEqual(["KILLED"]);
  });

  test("a truncated file", async () => {
    const file = path.join(folder, "truncated.keras");
    await writeFile(file, readFileSync(packagedModel).subarray(0, 5_000_000));
    await expect(registerModel(file, options("node-refused"))).rejects.toThrow(/cannot be served/);
    expect(await getRegisteredModel(clients.mlflow, "node-refused")).toBeUndefined();
  });
});

describe("promotion", () => {
  const name = "node-promoted";
  const production = {
    ...clients,
    name,
    engine: "auto",
    pointer: { stage: "Production" },
    experimentName: "register-model-sessions",
  } as const;
  const moveInPages = (version: string) =>
    transitionStage(clients.mlflow, { name, version, stage: "Production", archiveExistingVersions: true });
  const stageOf = async (version: string) =>
    (await getModelVersion(clients.mlflow, name, version))?.current_stage;

  beforeAll(async () => {
    await registerModel(packagedModel, options(name));
    await registerModel(packagedModel, options(name));
    await registerModel(packagedModel, options(name));
  });

  test("moves the stage, archives the other, and rollback goes back step by step", async () => {
    for (const version of ["1", "2", "3"]) await promoteVersion(version, production);
    expect([await stageOf("1"), await stageOf("2"), await stageOf("3")]).toEqual([
      "Archived",
      "Archived",
      "Production",
    ]);

    expect((await rollBack(production)).entry).toMatchObject({ from: "3", to: "2", action: "rollback" });
    expect([await stageOf("2"), await stageOf("3")]).toEqual(["Production", "Archived"]);
    expect((await rollBack(production)).entry).toMatchObject({ from: "2", to: "1" });
    await expect(rollBack(production)).rejects.toThrow(
      /has no record of which version was Production before 1/,
    );
  });

  test("keeps who was Production when, at the model and at the version", async () => {
    const model = await getRegisteredModel(clients.mlflow, name);
    const entries = model === undefined ? [] : readAuditEntries(model);
    expect(entries.map(({ action, from, to }) => [action, from, to])).toEqual([
      ["promote", null, "1"],
      ["promote", "1", "2"],
      ["promote", "2", "3"],
      ["rollback", "3", "2"],
      ["rollback", "2", "1"],
    ]);
    expect(entries.every(({ who, at }) => who.length > 0 && !Number.isNaN(Date.parse(at)))).toBe(true);
    const version = await getModelVersion(clients.mlflow, name, "2");
    expect(version?.tags?.filter(({ key }) => key?.startsWith("audit."))).toHaveLength(2);
  });

  test("is readable in MLflow's pages", async () => {
    const version = await getModelVersion(clients.mlflow, name, "3");
    const [entry] = version?.tags?.filter(({ key }) => key?.startsWith("audit.")) ?? [];
    expect(entry?.value).toMatch(/^Production: version 3 \(before: 2\), promoted by \S+$/);
  });

  test("goes back to what really was Production, after moves in MLflow's pages or from Python", async () => {
    await moveInPages("3");
    expect((await rollBack(production)).entry).toMatchObject({ from: "3", to: "1" });
    await moveInPages("2");
    await moveInPages("3");
    expect((await rollBack(production)).entry).toMatchObject({ from: "3", to: "2" });
    await moveInPages("3");
    await moveInPages("2");
    expect((await rollBack(production)).entry).toMatchObject({ from: "2", to: "3" });
    await promoteVersion("1", production);
  });

  test("says what changes for callers", async () => {
    const contract = await writeContract("renamed.json", {
      labels: ["Katarakt", "Retinopathie", "Glaukom", "normal"],
      input: { value_range: [0, 1] },
    });
    await registerModel(packagedModel, options("node-differs"));
    await registerModel(packagedModel, options("node-differs", { contractFile: contract }));
    const differing = { ...production, name: "node-differs" };
    expect((await promoteVersion("1", differing)).differences).toBeUndefined();
    const { differences } = await promoteVersion("2", differing);
    expect(differences).toContainEqual({
      field: "labels",
      before: "cataract, diabetic_retinopathy, glaucoma, normal",
      after: "Katarakt, Retinopathie, Glaukom, normal",
    });
    expect(differences).toContainEqual({ field: "input.value_range", before: "0, 255", after: "0, 1" });
  });

  test("moves an alias on its own", async () => {
    const champion = { ...production, pointer: { alias: "champion" } };
    await promoteVersion("2", champion);
    await promoteVersion("3", champion);
    await rollBack(champion);
    expect((await resolveVersion(clients.mlflow, name, { alias: "champion" })).version).toBe("2");
    expect((await resolveVersion(clients.mlflow, name, { stage: "Production" })).version).toBe("1");
  });

  test("is refused for what is there already, does not exist, or cannot be served", async () => {
    await expect(promoteVersion("1", production)).rejects.toThrow(`${name} version 1 is Production already`);
    await expect(promoteVersion("9", production)).rejects.toThrow(
      `The registry has no version 9 of ${name}: npm run models lists its versions`,
    );

    const address = (await getDownloadUri(clients.mlflow, name, "3")).replace(
      "mlflow-artifacts:/",
      "artifacts/",
    );
    await clients.store.deleteObjects(stack.bucket, [`${address}/data/model.keras`]);
    await expect(promoteVersion("3", production)).rejects.toThrow(
      /Expected the weights at data\/model\.keras/,
    );
    expect(await stageOf("1")).toBe("Production");
  });

  test("the list says which version serves and which cannot, and why", async () => {
    const listed = [];
    for await (const version of listModels({ ...production, wish: { stage: "Production" }, limit: 2 }))
      listed.push(version);
    expect(listed).toMatchObject([
      { version: "3", wanted: false, trial: { problem: expect.stringContaining("Expected the weights at") } },
      { version: "2", wanted: false, aliases: ["champion"], trial: { engine: "onnx" } },
      { version: "1", wanted: true, trial: { engine: "onnx" } },
    ]);
  });

  test("a rollback to a version that is gone says so, and what to do", async () => {
    const doomed = await registerModel(packagedModel, options(name));
    const gone = { ...production, pointer: { alias: "gone" } };
    await promoteVersion(doomed.version, gone);
    await promoteVersion("2", gone);
    await deleteModelVersion(clients.mlflow, name, doomed.version);
    await expect(rollBack(gone)).rejects.toThrow(
      "The registry has no record of which version was @gone before 2, or the version was deleted. Choose one with: npm run models",
    );
  });

  test("the entry tells from where it was moved, also when somebody moved it meanwhile", async () => {
    const raced = { ...production, pointer: { alias: "raced" } };
    await promoteVersion("1", raced);
    let moved: Promise<unknown> | undefined;
    const moveMeanwhile = () => {
      moved ??= setAlias(clients.mlflow, { name, alias: "raced", version: "3" });
    };
    const { entry } = await promoteVersion("2", { ...raced, onProgress: moveMeanwhile });
    expect(entry).toMatchObject({ from: "3", to: "2" });
    await moved;
  });

  test("of two versions in Production the higher number serves", async () => {
    await transitionStage(clients.mlflow, {
      name,
      version: "2",
      stage: "Production",
      archiveExistingVersions: false,
    });
    expect((await resolveVersion(clients.mlflow, name, { stage: "Production" })).version).toBe("2");
  });
});
