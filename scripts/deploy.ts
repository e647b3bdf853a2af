// npm run deploy: packages the service and deploys it to the AWS account that the environment's credentials name.
import { resolve } from "node:path";
import { imageFolder, pushImage } from "./deploy/push-image.ts";
import { packageService } from "./package/package-service.ts";
import { parsePackageArguments } from "./package/parse-arguments.ts";
import { runProgram } from "./package/run-program.ts";
import { showStep } from "./progress.mjs";

const output = ".serverless";
const deployTimeoutMs = 30 * 60_000;

const options = parsePackageArguments(process.argv.slice(2));
const region = process.env.AWS_REGION ?? "us-east-1";
const uri = process.env.MLFLOW_TRACKING_URI ?? "";
if (!/^https?:\/\//.test(uri) || /\/\/(localhost|127\.)/.test(uri)) {
  console.error(
    `Expected MLFLOW_TRACKING_URI to be the http(s) address of an MLflow server that Lambda reaches but received ${uri || "nothing"}. docs/deploy.md lists the settings.`,
  );
  process.exit(1);
}

try {
  await packageService({ ...options, output });
  if (options.deployment === "image") {
    const imageUri = await showStep("Building and pushing the container image", (say) =>
      pushImage(imageFolder(output), region, options.architecture, say),
    );
    await packageService({ ...options, output, imageUri });
  }
  const printed = await showStep(`Deploying to ${region}, deployment stage ${options.stage}`, () =>
    runProgram(
      [resolve("node_modules/.bin/serverless"), "deploy", "--package", output, "--stage", options.stage],
      { timeoutMs: deployTimeoutMs },
    ),
  );
  console.log(printed);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
