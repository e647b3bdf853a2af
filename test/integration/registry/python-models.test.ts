import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { createTensorflowEngine } from "../../../shared/inference/engines/tensorflow-engine.ts";
import { setAlias } from "../../../shared/mlflow/calls/set-alias.ts";
import { transitionStage } from "../../../shared/mlflow/calls/transition-stage.ts";
import { createPredictClient, expectPrediction } from "../../support/predict-client.ts";
import { startOfflineServer } from "../../support/service.ts";
import { useSharedStack } from "../../support/stack.ts";
import { pythonTimeoutMs, runPython } from "./python.ts";
import { connectTo, type RegistryClients } from "./registry-clients.ts";
import { answerTestPicture, createServiceFor, expectSameAnswer } from "./service-for.ts";

const packagedModel = path.join(projectRoot, "models/eye-disease/model.keras");

/** Of the service that this one replaces; not part of a clone. */
const guide = path.join(projectRoot, "../shared/reference/mlflow-guide.pt-BR.md");

interface LoggedCase {
  name: string;
  version: string;
  probabilities: number[];
}

const stack = useSharedStack;
let folder: string;
let clients: RegistryClients;
let cases: Record<string, LoggedCase>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "python-models-"));
  clients = connectTo(stack().env);
  cases = { ...(await log("log-models.py", packagedModel)), ...(await log("log-keras-2-models.py")) };
}, pythonTimeoutMs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function log(script: string, ...parameters: string[]): Promise<Record<string, LoggedCase>> {
  const output = path.join(folder, `${script}.json`);
  await runPython(stack().env, script, ...parameters, output);
  return JSON.parse(readFileSync(output, "utf8"));
}

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
  test.each([
    "guide",
    "keras-flavor",
    "h5",
    "keras-2",
    "keras-2-h5",
    "onnx",
    "onnx-data-loaded",
    "onnx-data-copied",
    "runs-uri",
    "described",
    "copied",
  ])("%s", async (name) => {
    expectSameAnswer(await answerOf(logged(name)), logged(name).probabilities);
  });

  test.runIf(existsSync(guide))("and the snippet that is run is that of the guide in ../shared", () => {
    const blocks = readFileSync(guide, "utf8").match(/(?<=```python\n)[^`]*(?=```)/g);
    const snippet = readFileSync(path.join(import.meta.dirname, "guide-snippet.py"), "utf8");
    expect(blocks).toEqual([snippet]);
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

  test("the guide's snippet unchanged, asked by HTTP for a photograph of these pixels", async () => {
    const { version, probabilities } = logged("guide");
    const server = await startOfflineServer({ environment: { ...stack().env, MODEL_VERSION: version } });
    onTestFinished(server.stop);
    const side = 256;
    const pixels = Uint8Array.from({ length: side * side * 3 }, (_, index) => (index * 37) % 256);
    const png = await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
      .png()
      .toBuffer();
    const { postFile } = createPredictClient(() => server.address);
    const prediction = expectPrediction(await postFile(png));
    expect(prediction.model).toMatchObject({ source: "mlflow_registry", version });
    expectSameAnswer(
      Object.values(prediction.all_predictions).map((percent) => percent / 100),
      probabilities,
    );
  });

  test("a tf.Module that ends in logits is refused, with what to declare", async () => {
    await expect(answerOf(logged("tf-logits"))).rejects.toThrow(
      hasTensorflow()
        ? /It ends in logits without softmax; .* declare activation: softmax/
        : /No engine for the format saved_model is available/,
    );
  });

  test.each(["exported", "tf-module", "tf-logits-declared"])(
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

test.runIf(hasTensorflow())(
  "a SavedModel that fails at photographs while it serves gives way to the version before, at the third in a row",
  async () => {
    const { name } = logged("failing");
    const promote = (version: string) =>
      transitionStage(clients.mlflow, { name, version, stage: "Production", archiveExistingVersions: true });
    await promote("1");
    const service = serve({ name, version: "latest", probabilities: [] }, { MODEL_REFRESH_SECONDS: "1" });
    onTestFinished(() => service.dispose());
    expect((await answerTestPicture(service)).identity.version).toBe("1");
    await promote("2");
    await sleep(1_100);
    await service.refreshIfDue();
    expect((await answerTestPicture(service)).identity.version).toBe("2");

    const answerFatal = () =>
      service.use(async (predictor) => {
        const { height, width } = predictor.contract.input;
        await predictor.predict({ data: new Float32Array(height * width * 3).fill(77), height, width });
        return predictor.identity.version;
      });
    await expect(answerFatal()).rejects.toThrow(/assert/i);
    expect(service.state()).toMatchObject({ identity: { version: "2" }, failure: { version: "2" } });
    await expect(answerFatal()).rejects.toThrow(/assert/i);
    expect(await answerFatal()).toBe("1");
    await sleep(1_100);
    await service.refreshIfDue();
    expect(service.state()).toMatchObject({ identity: { version: "1" }, failure: { version: "2" } });
  },
);

test.each(["described", "copied"])(
  "each part of the contract of a %s version comes from the first place that has it",
  async (name) => {
    const service = serve(logged(name));
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
  },
);
