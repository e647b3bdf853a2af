// npm run retrain: trains a version if a training is due, asks the gate about it, and makes it the challenger.
import path from "node:path";
import { createKeptPhotographs } from "../shared/aws/kept-photographs.ts";
import { openStorage } from "../shared/aws/open-storage.ts";
import { runRetraining } from "../shared/retraining/run-retraining.ts";
import { challengerSettings } from "../shared/settings/challenger.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { photographSettings } from "../shared/settings/photographs.ts";
import { retrainingSettings } from "../shared/settings/retraining.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { callersFolder } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { createAnswer } from "./evaluate/create-answer.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { parseOnePointer } from "./registry/parse-pointer.ts";
import { assertTrained, runTrainingProgram } from "./retrain/run-training-program.ts";
import { assertPhotographs } from "./train/check-files.ts";
import { preparePython, trainingFolder } from "./train/prepare-python.ts";

export const run: CommandRun<"retrain"> = async ({ values }) => {
  const connection = connectRegistry();
  const { mlflow, model, storage } = connection;
  const { store, requireLocation } = openStorage(storage);
  const { retraining, photographs, challenger } = loadSettings({
    retraining: retrainingSettings,
    photographs: photographSettings,
    challenger: challengerSettings,
  });
  const { program } = values;
  if (photographs.bucket === undefined)
    console.error(
      "PHOTOGRAPH_BUCKET is not set (on AWS the output PhotographBucketName): a training uses no photograph of the service.",
    );
  endOnSignals();
  const outcome = await showStep(`Retraining for ${mlflow.trackingUri}`, (say) =>
    runRetraining({
      registry: connection,
      createAnswer,
      location: requireLocation(),
      s3Endpoint: storage.s3Endpoint,
      photographs:
        photographs.bucket === undefined ? undefined : createKeptPhotographs(store, photographs.bucket),
      settings: retraining,
      name: values.name ?? model.modelName,
      workFolder: path.resolve(values.work),
      pointer: parseOnePointer({}, model),
      challengerAlias: challenger.alias ?? "challenger",
      train: async ({ labelled, work }) => {
        const parameters = ["--labelled", labelled, "--work", work];
        const own = path.join(trainingFolder, "train.py");
        if (program === undefined && !values.short) assertPhotographs(values.data);
        assertTrained(
          program === undefined
            ? await runTrainingProgram([await preparePython(say), own, ...ownParameters(values)], parameters)
            : await runTrainingProgram(program.split(" "), parameters, callersFolder()),
        );
      },
      isWanted: values.now ?? false,
      say,
    }),
  );
  if (values.json) return printJson(outcome);
  console.log(`\n${outcome.outcome}`);
};

/** Parameters of models/eye-disease/training. */
function ownParameters(values: {
  data: string;
  minutes: number;
  "minutes-left-out": number;
  short: boolean | undefined;
}): string[] {
  const { data, minutes, "minutes-left-out": minutesLeftOut } = values;
  const sizes = ["--data", data, "--minutes", `${minutes}`, "--minutes-left-out", `${minutesLeftOut}`];
  const start = ["--start", path.join(trainingFolder, "..", "model.keras")];
  // A photograph may have been forgotten since the checkpoint: then the training begins anew.
  return [...sizes, ...start, "--anew", ...(values.short ? ["--short"] : [])];
}
