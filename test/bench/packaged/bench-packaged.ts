import { readFileSync } from "node:fs";
import path from "node:path";
import { showStep } from "../../../scripts/progress.mjs";
import { type Stack, startStack } from "../../../scripts/stack/stack.ts";
import { ensureRegisteredModel } from "../../../scripts/start/packaged-model.ts";
import { ensureTensorflow } from "../../../scripts/tensorflow/tensorflow.ts";
import { ensureLambdaRuntime } from "../../../scripts/test/lambda-runtime.ts";
import { packageForThisMachine } from "../../support/lambda/package-for-machine.ts";
import { startFunctionOf } from "../../support/lambda/start-function.ts";
import { closeAtEnd } from "../closing.ts";
import { makePhotographs } from "../predict/photographs.ts";
import { measurePackaged, type PackagedContestant } from "./measure-packaged.ts";
import { renderPackaged } from "./render-packaged.ts";

/** predict as Lambda runs it: packaged, under Lambda's own runtime client, frozen between events, everything tracked. */
export async function benchPackaged(folder: string): Promise<string> {
  await showStep("Lambda's runtime client", ensureLambdaRuntime);
  const tensorflow = await showStep("TensorFlow for Node", (say) => ensureTensorflow(say, { retry: false }));
  const packaged = await packageForThisMachine(path.join(folder, "packaged"));
  const stack = await showStep("Local stack", (onProgress) =>
    startStack({ directory: path.join(folder, "packaged-stack"), onProgress }),
  );
  closeAtEnd(stack.stop);
  // The AWS SDK finds its keys in this process's environment.
  Object.assign(process.env, stack.env);
  await showStep("Model registered", (say) => ensureRegisteredModel(stack.env, say));

  const { small, sample } = await makePhotographs(folder);
  const results = await showStep("Environments", (say) =>
    measurePackaged({
      contestants: listContestants(stack, tensorflow.installed),
      start: (options) => startFunctionOf(packaged, "predict", options),
      photographs: { small: readFileSync(small), sample: readFileSync(sample) },
      say,
    }),
  );
  return renderPackaged(results);
}

/** What each environment is given: an engine, and the model of its layer or of the registry. */
function listContestants({ env }: Stack, hasTensorflow: boolean): PackagedContestant[] {
  const packagedModel = { ENABLE_MODEL_REGISTRY: "false" };
  const onnx = { deployment: "zip", env: { ...env, INFERENCE_ENGINE: "onnx" } } as const;
  const withTensorflow = { deployment: "image", env: { ...env, INFERENCE_ENGINE: "tensorflow" } } as const;
  return [
    { name: "ONNX Runtime, packaged model", options: { ...onnx, env: { ...onnx.env, ...packagedModel } } },
    { name: "ONNX Runtime, registry's model", options: onnx },
    ...(hasTensorflow
      ? [
          {
            name: "TensorFlow, packaged model",
            options: { ...withTensorflow, env: { ...withTensorflow.env, ...packagedModel } },
          },
        ]
      : []),
  ];
}
