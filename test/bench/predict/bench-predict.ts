import { cpSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { showStep } from "../../../scripts/progress.mjs";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { startStack } from "../../../scripts/stack/stack.ts";
import { ensureRegisteredModel } from "../../../scripts/start/packaged-model.ts";
import { ensureTensorflow } from "../../../scripts/tensorflow/tensorflow.ts";
import { compileKeras } from "../../../shared/keras-compiler/index.ts";
import { closeAtEnd } from "../closing.ts";
import { ensurePeerPython } from "../peer.ts";
import { runJson } from "../run-json.ts";
import { bundleProgram, functionVariables } from "./bundle-program.ts";
import { measureServers } from "./measure-servers.ts";
import { makePhotographs } from "./photographs.ts";
import {
  renderAgreement,
  renderProcessorTime,
  renderServers,
  renderSizes,
  renderStages,
} from "./render-predict.ts";
import { ours, peer, peers } from "./servers.ts";
import type { StageTimes } from "./stage-times.ts";

const stageRuns = 200;
const packagedModel = path.join(projectRoot, "models/eye-disease");

/** This service, everything tracked, beside the kind of service it replaces and the fastest of that kind. */
export async function benchPredict(folder: string): Promise<string> {
  const peerPython = await showStep("Python for the peer", ensurePeerPython);
  const tensorflow = await showStep("TensorFlow for Node", (say) => ensureTensorflow(say, { retry: false }));
  const stack = await showStep("Local stack", (onProgress) =>
    startStack({ directory: path.join(folder, "stack"), onProgress }),
  );
  closeAtEnd(stack.stop);
  // The AWS SDK finds its keys in this process's environment.
  Object.assign(process.env, stack.env);
  await showStep("Model registered", (say) => ensureRegisteredModel(stack.env, say));

  const photographs = await makePhotographs(folder);
  const inputSize = readInputSize();
  const peerVariables = {
    ...stack.env,
    MODEL_FILE: path.join(packagedModel, "model.keras"),
    ONNX_FILE: await compileForPeers(folder, inputSize),
    INPUT_SIZE: String(inputSize),
    THREADS: String(availableParallelism()),
  };
  const contestants = [
    ours("onnx", stack.env),
    ...(tensorflow.installed ? [ours("tensorflow", stack.env)] : []),
    ...peers.map((description) => peer(description, peerPython, peerVariables, folder)),
  ];
  const results = await showStep("Servers", (say) => measureServers(contestants, photographs, say));
  const stages = await showStep("Stages", () => timeStages(folder, photographs.small));
  const [first] = results;
  return [
    renderServers(results),
    renderProcessorTime(results),
    ...(tensorflow.installed ? [] : [`TensorFlow for Node is not installed: ${tensorflow.explanation}`]),
    renderAgreement(results),
    renderSizes(results),
    renderStages(stages, first?.loads.small.p50Ms ?? Number.NaN),
  ].join("\n\n");
}

/** Side of the packaged model's square input in pixels, which the peers make too. */
function readInputSize(): number {
  const contract = JSON.parse(readFileSync(path.join(packagedModel, "model-contract.json"), "utf8"));
  return contract.input.height;
}

/** The packaged model as ONNX, the graph that this service runs. */
async function compileForPeers(folder: string, inputSize: number): Promise<string> {
  const file = path.join(folder, "peer.onnx");
  const options = { format: "keras", imageSize: [inputSize, inputSize], probabilities: true } as const;
  await compileKeras(path.join(packagedModel, "model.keras"), file, options);
  return file;
}

/** Twice, so that the second process finds the compiled graph, as a warm cache has it. */
async function timeStages(folder: string, photograph: string): Promise<StageTimes> {
  const model = path.join(folder, "stages-model");
  cpSync(packagedModel, model, {
    recursive: true,
    filter: (file) => !file.includes("compiled"),
  });
  const program = await bundleProgram(
    path.join(import.meta.dirname, "stages.ts"),
    path.join(folder, "stages"),
  );
  const run = (count: number) =>
    runJson<StageTimes>(process.execPath, [program, model, photograph, "onnx", String(count)], {
      ...process.env,
      ...functionVariables,
    });
  await run(1);
  return run(stageRuns);
}
