// npm run train: trains the eye disease model in a Python environment of its own.
import path from "node:path";
import { type CommandRun, exitCodes } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { showProgram } from "./stack/processes/run-program.ts";
import { joinRunningStack } from "./stack/running-stack.ts";
import { assertPhotographs, assertStart } from "./train/check-files.ts";
import { preparePython, trainingFolder } from "./train/prepare-python.ts";

export const run: CommandRun<"train"> = async ({ values }) => {
  if (!values.short) assertPhotographs(values.data);
  assertStart(values.start);
  // Nothing else in a training needs a server.
  if (values.register) joinRunningStack(["MLFLOW_TRACKING_URI"]);
  const python = await showStep("Preparing Python", preparePython);
  const parameters = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
  const program = [path.join(trainingFolder, "train.py"), ...parameters];
  const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  const code = await showProgram(python, program, { environment, isInteractive: true });
  if (code !== 0) process.exitCode = exitCodes.failed;
};
