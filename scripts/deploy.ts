// npm run deploy: packages the service and deploys it to the AWS account that the environment's credentials name.
import { resolve } from "node:path";
import type { Run } from "./cli/run-command.ts";
import { findProblems } from "./deploy/check-settings.ts";
import { chosenRegion } from "./deploy/chosen-region.ts";
import { findAccount } from "./deploy/find-account.ts";
import { expectImageTools, imageFolder, pushImage } from "./deploy/push-image.ts";
import { packageService } from "./package/package-service.ts";
import { parsePackageArguments } from "./package/parse-arguments.ts";
import { showStep } from "./progress.mjs";
import { runCommand } from "./stack/run-command.ts";

const output = ".serverless";
const deployTimeoutMs = 30 * 60_000;

export const run: Run<"deploy"> = async ({ values }) => {
  const options = parsePackageArguments(values);
  const region = chosenRegion();
  const problems = findProblems(process.env, region);
  if (problems.length > 0) throw new Error(`${problems.join("\n")}\ndocs/deploy.md lists the settings.`);
  if (options.deployment === "image") await expectImageTools();
  const account = await showStep("Asking AWS for the account", () => findAccount(region), {
    summarize: (number) => number,
  });

  await packageService({ ...options, output });
  if (options.deployment === "image") {
    const imageUri = await showStep("Building and pushing the container image", (say) =>
      pushImage(imageFolder(output), { account, region, architecture: options.architecture }, say),
    );
    await packageService({ ...options, output, imageUri });
  }
  const printed = await showStep(
    `Deploying to ${account} in ${region}, deployment stage ${options.stage}`,
    () =>
      runCommand(
        resolve("node_modules/.bin/serverless"),
        ["deploy", "--package", output, "--stage", options.stage],
        { timeoutMs: deployTimeoutMs, withErrors: true },
      ),
  );
  console.log(printed.trim());
};
