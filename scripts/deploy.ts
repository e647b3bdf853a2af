// npm run deploy: packages the service and deploys it to the AWS account of the credentials in the environment.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { endOnSignals } from "./cli/end-on-signals.ts";
import type { CommandRun } from "./cli/run-command.ts";
import { checkDeployment } from "./deploy/check-deployment.ts";
import { findProblems } from "./deploy/check-settings.ts";
import { chosenRegion } from "./deploy/chosen-region.ts";
import { confirm } from "./deploy/confirm.ts";
import { describeChanges } from "./deploy/describe-changes.ts";
import { describeCost } from "./deploy/describe-cost.ts";
import { findAccount } from "./deploy/find-account.ts";
import { findLastDeployment, goBack } from "./deploy/go-back.ts";
import { findDeployerCredentials } from "./deploy/own-credentials.ts";
import { expectImageTools, imageFolder, pushImage } from "./deploy/push-image.ts";
import { findStackOutputs, readStackOutputs } from "./deploy/stack-outputs.ts";
import type { StageSettings } from "./deploy/stage-settings.ts";
import { findSettingsProblems, renderTemplateEnvironment } from "./deploy/template-environment.ts";
import { packageService } from "./package/package-service.ts";
import { type PackageArguments, parsePackageArguments } from "./package/parse-arguments.ts";
import { showStep } from "./progress.mjs";
import { runServerless } from "./serverless/run-serverless.ts";

const minuteMs = 60_000;
/** For the update itself and, if need be, for the way back from it. */
const updateMs = 30 * minuteMs;
const output = ".serverless";
const template = join(output, "cloudformation-template-update-stack.json");

export const run: CommandRun<"deploy"> = async ({ values }) => {
  endOnSignals();
  const options = parsePackageArguments(values);
  const { stage, settings } = options;
  const region = chosenRegion();
  await expectRightSettings(stage, region, settings);
  if (options.deployment === "image") await expectImageTools();
  const account = await showStep("Asking AWS for the account", () => findAccount(region), {
    summarize: (number) => number,
  });

  await build(options, { account, region });
  await showWhatChanges(stage, region);
  // Here, where it is still seen when the question is answered.
  for (const line of describeIgnored(settings)) console.error(`${line}\n`);
  await confirm(`Deploy to ${account} in ${region}, deployment stage ${stage}?`, values.yes);

  const outputs = await findStackOutputs(stage, region);
  const before = outputs && (await findLastDeployment(stage, region));
  // CloudFormation can watch only alarms that exist already: a first deployment has none.
  process.env.ROLLBACK_ALARM_ARNS = outputs?.RollbackAlarmArns ?? "";
  await showStep(`Deploying to ${account} in ${region}, deployment stage ${stage}`, () =>
    runServerless(["deploy", "--package", output, "--stage", stage], {
      timeoutMs: deployTimeoutMs(process.env),
      withErrors: true,
    }),
  );
  await checkOrGoBack(stage, region, before);
};

/** Milliseconds that a deployment may take: CloudFormation ends it only after the minutes in which it watches alarms. */
export const deployTimeoutMs = (env: Record<string, string | undefined>): number =>
  updateMs + Number(env.ROLLBACK_WATCH_MINUTES || 0) * minuteMs;

/** @throws Error naming everything that would stop the deployment or one of its functions */
export async function expectRightSettings(
  stage: string,
  region: string,
  settings: StageSettings,
): Promise<void> {
  const problems = findProblems(process.env, region);
  if (problems.length === 0) problems.push(...findSettingsProblems(await renderTemplateEnvironment(stage)));
  if (problems.length === 0) return;
  const place = settings.file ?? `the environment, or in stages/${stage}.env (stages/example.env shows one)`;
  const remedy = `Set them in ${place}. docs/deploy.md lists the settings.`;
  throw new Error([...problems, remedy, ...describeIgnored(settings)].join("\n"));
}

function describeIgnored({ file, ignored }: StageSettings): string[] {
  return ignored.length === 0
    ? []
    : [`Set in the shell but not in ${file}, so ignored: ${ignored.join(", ")}`];
}

async function build(options: PackageArguments, place: { account: string; region: string }): Promise<void> {
  await packageService({ ...options, output });
  if (options.deployment !== "image") return;
  const imageUri = await showStep("Building and pushing the container image", (say) =>
    pushImage(imageFolder(output), { ...place, architecture: options.architecture }, say),
  );
  await packageService({ ...options, output, imageUri });
}

async function showWhatChanges(stage: string, region: string): Promise<void> {
  const changes = await showStep("Asking CloudFormation what changes", () =>
    describeChanges(stage, region, template),
  );
  const cost = describeCost(JSON.parse(await readFile(template, "utf8")), process.env);
  console.error(
    `\nWhat changes:\n${changes.map((line) => `  ${line}`).join("\n")}\n\nWhat it costs:\n${cost}\n`,
  );
}

/** @throws Error when the deployed address does not answer; the earlier deployment is then in place again */
async function checkOrGoBack(stage: string, region: string, before: string | undefined): Promise<void> {
  const { outputs } = await readStackOutputs(stage);
  for (const [name, value] of Object.entries(outputs)) console.log(`${name}: ${value}`);
  try {
    const identify = await findDeployerCredentials(process.env.AUTH ?? "", { stage, region });
    await showStep(
      "Asking the deployed address for /health and a prediction",
      () => checkDeployment(outputs, identify),
      {
        summarize: (line) => line,
      },
    );
  } catch (error) {
    if (before === undefined)
      throw new Error(
        `${(error as Error).message}\nThis is the first deployment of ${stage}, so there is nothing to go back to.`,
      );
    // The failed deployment may have raised an alarm, which would undo the way back too.
    process.env.ROLLBACK_ALARM_ARNS = "";
    await showStep("Going back to what was deployed before", () => goBack(stage, before));
    throw new Error(`${(error as Error).message}\nWhat was deployed before is in place again.`, {
      cause: error,
    });
  }
}
