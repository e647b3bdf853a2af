// npm run train: trains the eye disease model in a Python environment of its own.
import path from "node:path";
import { exitCodes, type Run } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { ensureEnvironment } from "./python/ensure-environment.ts";
import { projectRoot, stackFolder } from "./stack/paths.ts";
import { showCommand } from "./stack/run-command.ts";
import { findClientEnvironment } from "./stack/running-stack.ts";

const trainingFolder = path.join(projectRoot, "models/eye-disease/training");

export const run: Run<"train"> = async ({ values }) => {
  const folder = await showStep("Preparing Python", (onProgress) =>
    ensureEnvironment({
      name: "training",
      requirements: path.join(trainingFolder, "requirements.txt"),
      contents: "PyTorch, TensorFlow and MLflow",
      onProgress,
    }),
  );
  const parameters = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, value];
  });
  const stack = process.env.MLFLOW_TRACKING_URI ? {} : findClientEnvironment(stackFolder);
  const program = [path.join(trainingFolder, "train.py"), ...parameters];
  const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2", ...stack };
  const code = await showCommand(path.join(folder, "bin/python"), program, {
    environment,
    isInteractive: true,
  });
  if (code !== 0) process.exitCode = exitCodes.failed;
};
