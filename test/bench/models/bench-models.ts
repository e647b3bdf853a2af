import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { showStep } from "../../../scripts/progress.mjs";
import { localFolder, projectRoot } from "../../../scripts/stack/paths.ts";
import { runProgram } from "../../../scripts/stack/processes/run-program.ts";
import { endWithOwner } from "../../../scripts/stack/servers/service.ts";
import { ensureTensorflow } from "../../../scripts/tensorflow/tensorflow.ts";
import type { EngineName, ModelFormat } from "../../../shared/schemas/model.ts";
import { ensurePeerPython, type PeerPython, peerFolder } from "../peer.ts";
import { runJson } from "../run-json.ts";
import type { ForwardTimes } from "./forward-times.ts";
import { type ModelResult, renderModels } from "./render-models.ts";

const families = ["MobileNetV2", "EfficientNetB0", "ResNet50", "InceptionV3"];
const packagedModel = path.join(projectRoot, "models/eye-disease/model.keras");
/** Made once: random weights with fixed seeds. */
const familiesFolder = path.join(localFolder, "bench-models");
const makingTimeoutMs = 10 * 60_000;
const threads = "1";
const seconds = "2";
/** As serverless.yml sets it. */
const memorySettings = { MALLOC_MMAP_THRESHOLD_: "1048576" };
const forwardProgram = path.join(import.meta.dirname, "forward.ts");

/** Loading and the forward pass on both engines in Node, beside Python on the same weights; one after another. */
export async function benchModels(folder: string): Promise<string> {
  const peer = await showStep("Python for the peer", ensurePeerPython);
  const tensorflow = await showStep("TensorFlow for Node", (say) => ensureTensorflow(say, { retry: false }));
  await showStep("Models with random weights", () => makeModels(peer));
  const results: ModelResult[] = [];
  for (const name of ["eye-disease", ...families]) {
    const made = path.join(familiesFolder, name);
    const file = name === "eye-disease" ? packagedModel : path.join(made, "model.keras");
    const work = path.join(folder, name);
    mkdirSync(work, { recursive: true });
    cpSync(file, path.join(work, "model.keras"));
    results.push(
      ...(await showStep(name, (say) =>
        measureModel({ name, work, savedModel: made, peer, hasTensorflow: tensorflow.installed, say }),
      )),
    );
    rmSync(work, { recursive: true, force: true });
  }
  return renderModels(results);
}

async function makeModels({ python, environment }: PeerPython): Promise<void> {
  const sources = [packagedModel, ...families];
  const nameOf = (source: string) => path.basename(source.endsWith(".keras") ? path.dirname(source) : source);
  const missing = sources.filter(
    (source) => !existsSync(path.join(familiesFolder, nameOf(source), "saved_model")),
  );
  if (missing.length === 0) return;
  const script = [path.join(peerFolder, "models.py"), familiesFolder, ...missing];
  await runProgram(...endWithOwner("TERM", python, script), { environment, timeoutMs: makingTimeoutMs });
}

interface Measured {
  name: string;
  /** Folder with model.keras, where compiled graphs are kept. */
  work: string;
  /** Folder with Keras's own saved_model. */
  savedModel: string;
  peer: PeerPython;
  hasTensorflow: boolean;
  say(detail: string): void;
}

async function measureModel(measured: Measured): Promise<ModelResult[]> {
  const { name, work, savedModel, peer, hasTensorflow, say } = measured;
  const results: ModelResult[] = [];
  const add = (by: string, cold: ForwardTimes, warm: ForwardTimes | undefined) =>
    results.push({ name, by, cold, warm });
  const inPython = (engine: string, file: string) =>
    runJson<ForwardTimes>(
      peer.python,
      [path.join(peerFolder, "forward.py"), engine, file, threads, seconds],
      peer.environment,
    );

  say("ONNX Runtime in Node");
  const onnxCold = await inNode("onnx", "keras", work, "model.keras");
  add("ONNX Runtime in Node", onnxCold, await inNode("onnx", "keras", work, "model.keras"));
  say("onnxruntime in Python");
  add("onnxruntime in Python, our .onnx", await inPython("onnxruntime", onnxCold.graph), undefined);
  if (hasTensorflow) {
    say("TensorFlow in Node");
    const cold = await inNode("tensorflow", "keras", work, "model.keras");
    add("TensorFlow in Node", cold, await inNode("tensorflow", "keras", work, "model.keras"));
    say("Keras's SavedModel in Node");
    add(
      "Keras's SavedModel in Node",
      await inNode("tensorflow", "saved_model", savedModel, "saved_model"),
      undefined,
    );
  }
  say("tf.function in Python");
  add("tf.function in Python", await inPython("tensorflow", path.join(work, "model.keras")), undefined);
  return results;
}

const inNode = (engine: EngineName, format: ModelFormat, directory: string, file: string) =>
  runJson<ForwardTimes & { graph: string }>(
    process.execPath,
    [forwardProgram, engine, format, directory, file, threads, seconds],
    { ...process.env, ...memorySettings },
  );
