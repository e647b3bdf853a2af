import { cpSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { showStep } from "../../../scripts/progress.mjs";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { startStack } from "../../../scripts/stack/stack.ts";
import { ensureTensorflow } from "../../../scripts/stack/tensorflow.ts";
import { ensureRegisteredModel } from "../../../scripts/start/packaged-model.ts";
import { closeAtEnd } from "../closing.ts";
import { ensurePeerPython } from "../peer.ts";
import { runJson } from "../run-json.ts";
import { measureServer, type ServerResult } from "./measure-server.ts";
import { makePhotographs } from "./photographs.ts";
import { renderAgreement, renderServers, renderSizes, renderStages } from "./render-predict.ts";
import { ours, peer } from "./servers.ts";
import type { StageTimes } from "./stage-times.ts";

const stageRuns = 200;
const packagedModel = path.join(projectRoot, "models/eye-disease");

/** This service, everything tracked, beside the kind of service it replaces; one after another. */
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
  const peerVariables = {
    ...stack.env,
    MODEL_FILE: path.join(packagedModel, "model.keras"),
    THREADS: String(availableParallelism()),
  };
  const contestants = [
    ours("onnx", stack.env),
    ...(tensorflow.installed ? [ours("tensorflow", stack.env)] : []),
    ...(["none", "batched", "each"] as const).map((tracking) =>
      peer(tracking, peerPython, peerVariables, folder),
    ),
  ];
  const results: ServerResult[] = [];
  for (const contestant of contestants) {
    results.push(await showStep(contestant.name, () => measureServer(contestant, photographs)));
  }
  const stages = await showStep("Stages", () => timeStages(folder, photographs.small));
  const [first] = results;
  return [
    renderServers(results),
    ...(tensorflow.installed ? [] : [`TensorFlow for Node is not installed: ${tensorflow.explanation}`]),
    renderAgreement(results),
    renderSizes(results),
    renderStages(stages, first?.oneClient.p50Ms ?? Number.NaN),
  ].join("\n\n");
}

/** Twice, so that the second process finds the compiled graph, as a warm cache has it. */
async function timeStages(folder: string, photograph: string): Promise<StageTimes> {
  const model = path.join(folder, "stages-model");
  cpSync(packagedModel, model, {
    recursive: true,
    filter: (file) => !file.includes("compiled"),
  });
  const program = path.join(import.meta.dirname, "stages.ts");
  const run = (count: number) =>
    runJson<StageTimes>(process.execPath, [program, model, photograph, "onnx", String(count)]);
  await run(1);
  return run(stageRuns);
}
