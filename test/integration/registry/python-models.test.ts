import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { createTensorflowEngine } from "../../../shared/inference/engines/tensorflow-engine.ts";
import { setAlias } from "../../../shared/mlflow/calls/set-alias.ts";
import { transitionStage } from "../../../shared/mlflow/calls/transition-stage.ts";
import { useOwnStack } from "../../support/stack.ts";
import { pythonTimeoutMs, runPython } from "./python.ts";
import { connectTo, type RegistryClients } from "./registry-clients.ts";
import { answerTestPicture, createServiceFor, expectSameAnswer } from "./service-for.ts";

const packagedModel = path.join(projectRoot, "models/eye-disease/model.keras");

interface LoggedCase {
  name: string;
  version: string;
  probabilities: number[];
}

const stack = useOwnStack();
let folder: string;
let clients: RegistryClients;
let cases: Record<string, LoggedCase>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "python-models-"));
  clients = connectTo(stack().env);
  const output = path.join(folder, "logged.json");
  await runPython(stack().env, "log-models.py", packagedModel, output);
  cases = JSON.parse(readFileSync(output, "utf8"));
}, pythonTimeoutMs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function logged(name: string): LoggedCase {
  const found = cases[name];
  if (found === undefined) throw new Error(`log-models.py has no case ${name}`);
  return found;
}

/** The service that serves one version, as its settings ask for it. */
function serve({ name, version }: LoggedCase, environment: Record<string, string> = {}) {
  return createServiceFor(clients, {
    MLFLOW_MODEL_NAME: name,
    MODEL_VERSION: version,
    MODEL_CACHE_DIRECTORY: path.join(folder, "cache"),
    LOCAL_MODEL_DIRECTORY: path.join(folder, "no-packaged-model"),
    ...environment,
  });
}

async function answerOf(logged: LoggedCase, environment: Record<string, string> = {}): Promise<number[]> {
  const service = serve(logged, environment);
  const { probabilities } = await answerTestPicture(service);
  await service.dispose();
  return probabilities;
}

function hasTensorflow(): boolean {
  try {
    createTensorflowEngine({ threads: 1 });
    return true;
  } catch {
    return false;
  }
}

describe("a version logged from Python answers as Python does", () => {
  test.each(["guide", "keras-flavor", "h5", "onnx", "runs-uri", "described"])("%s", async (name) => {
    expectSameAnswer(await answerOf(logged(name)), logged(name).probabilities);
  });

  test("the guide's snippet unchanged, in Production, straight from S3 and through MLflow's proxy alike", async () => {
    const { name, version, probabilities } = logged("guide");
    await transitionStage(clients.mlflow, {
      name,
      version,
      stage: "Production",
      archiveExistingVersions: true,
    });
    await setAlias(clients.mlflow, { name, version, alias: "champion" });
    const ways: Record<string, string>[] = [
      { MODEL_VERSION: "latest" },
      { MODEL_VERSION: "latest", MODEL_ALIAS: "champion" },
      {
        MODEL_VERSION: "latest",
        MLFLOW_DEFAULT_ARTIFACT_ROOT: stack().env.MLFLOW_DEFAULT_ARTIFACT_ROOT ?? "",
      },
    ];
    for (const [index, way] of ways.entries()) {
      const cache = path.join(folder, `cache-${index}`);
      expectSameAnswer(
        await answerOf(logged("guide"), { ...way, MODEL_CACHE_DIRECTORY: cache }),
        probabilities,
      );
    }
  });

  test.each(["exported", "tf-module"])(
    "%s (a SavedModel), or is refused by name without TensorFlow",
    async (name) => {
      if (hasTensorflow()) {
        expectSameAnswer(await answerOf(logged(name)), logged(name).probabilities);
      } else {
        await expect(answerOf(logged(name))).rejects.toThrow(
          new RegExp(
            `Version 1 of python-${name} cannot be served: No engine for the format saved_model is available`,
          ),
        );
      }
    },
  );
});

test("each part of the contract comes from the first place that has it", async () => {
  const service = serve(logged("described"));
  await service.start();
  expect(service.state()).toMatchObject({
    classNames: ["p0", "p1", "p2", "p3"],
    contractBy: {
      temperature: "extra_files/model-contract.json",
      preprocessing: "MLmodel metadata",
      "input.value_range": "version tags",
      labels: "params",
      "input.height": "signature",
    },
  });
  await service.dispose();
});
