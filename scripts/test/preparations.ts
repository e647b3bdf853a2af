import { showStep } from "../progress.mjs";
import { ensurePythonEnvironment } from "../stack/python-environment.ts";
import { loadLocalSettings } from "../stack/settings.ts";
import { ensureTensorflow } from "../tensorflow/tensorflow.ts";
import { ensureLambdaRuntime } from "./lambda-runtime.ts";

/** What must be installed before some tests can run; each is quick when it is installed. */
export type Preparation = "python" | "tensorflow" | "lambda-runtime";

export const preparations: Record<Preparation, () => Promise<unknown>> = {
  python: () =>
    showStep(
      "Preparing the local stack: MLflow, PostgreSQL and an S3 server from PyPI",
      ensurePythonEnvironment,
    ),
  tensorflow: () =>
    showStep(
      "Preparing TensorFlow for tfjs-node",
      (say) => ensureTensorflow(say, { retry: loadLocalSettings().retryTensorflow }),
      { summarize: (state) => state.explanation },
    ),
  "lambda-runtime": () => showStep("Preparing Lambda's runtime client", ensureLambdaRuntime),
};
