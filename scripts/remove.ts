// npm run remove: removes a deployment stage from AWS, but keeps its data.
import { endOnSignals } from "./cli/end-on-signals.ts";
import type { CommandRun } from "./cli/run-command.ts";
import { chosenRegion } from "./deploy/chosen-region.ts";
import { confirm } from "./deploy/confirm.ts";
import { findAccount } from "./deploy/find-account.ts";
import { readStackOutputs } from "./deploy/stack-outputs.ts";
import { applyStageSettings } from "./deploy/stage-settings.ts";
import { expectStage } from "./package/parse-arguments.ts";
import { showStep } from "./progress.mjs";
import { runServerless } from "./serverless/run-serverless.ts";

const removeTimeoutMs = 30 * 60_000;

export const run: CommandRun<"remove"> = async ({ values }) => {
  endOnSignals();
  const stage = expectStage(values.stage);
  applyStageSettings(stage, process.env);
  const region = chosenRegion();
  const account = await showStep("Asking AWS for the account", () => findAccount(region), {
    summarize: (number) => number,
  });
  const { outputs } = await readStackOutputs(stage);
  await confirm(
    `Remove the deployment stage ${stage} from ${account} in ${region}? The service stops answering, but its data is kept.`,
    values.yes,
  );
  await showStep(`Removing ${stage}`, () =>
    runServerless(["remove", "--stage", stage], {
      timeoutMs: removeTimeoutMs,
      withErrors: true,
    }),
  );
  console.log(describeKept(stage, outputs));
};

/** Contents of the buckets that outlive the stack, by the output that names the bucket. */
const keptBuckets = {
  InferenceLogBucketName: "records of predictions, labels, drift reports, the callers' keys",
  UploadBucketName: "photographs that were not answered; they expire within a day or two",
  PhotographBucketName: "photographs kept with consent (KEEP_PHOTOGRAPHS); they expire too",
};

function describeKept(stage: string, outputs: Record<string, string>): string {
  const kept = Object.entries(keptBuckets).filter(([output]) => outputs[output] !== undefined);
  const log = outputs.InferenceLogBucketName;
  return `
Kept, and paid for until somebody deletes it:
${kept.map(([output, contents]) => `  s3://${outputs[output]}    ${contents}`).join("\n")}
MLflow's data is untouched.

A later deployment uses the records again with this line in stages/${stage}.env:
  KEPT_LOG_BUCKET=${log}
To delete them for good:
${kept.map(([output]) => `  aws s3 rb --force s3://${outputs[output]}`).join("\n")}`;
}
