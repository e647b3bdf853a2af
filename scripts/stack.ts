// npm run stack: runs only PostgreSQL, S3 and MLflow, until Ctrl-C or npm stop.
import type { CommandRun } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";
import { type Running, runUntilStopped } from "./stack/processes/run-until-stopped.ts";
import { ensurePythonEnvironment } from "./stack/python-environment.ts";
import { loadLocalSettings } from "./stack/settings.ts";
import { startStack } from "./stack/stack.ts";

export const run: CommandRun<"stack"> = () => runUntilStopped(stackFolder, startStackAlone);

async function startStackAlone(): Promise<Running> {
  const { stackPorts } = loadLocalSettings();
  await showStep("Preparing MLflow, PostgreSQL and an S3 server", ensurePythonEnvironment);
  const stack = await showStep("Starting them", (say) =>
    startStack({ directory: stackFolder, ports: stackPorts, onTrouble: console.error, onProgress: say }),
  );
  console.log(`
  MLflow      ${stack.mlflowUrl}
  S3          ${stack.s3Url}, buckets ${stack.bucket} and ${stack.inferenceLogBucket}
  PostgreSQL  127.0.0.1:${stackPorts.postgres}, user mlflow, database mlflow
  Keys and passwords are in ${stackFolder}/secrets.json

  Ctrl-C, or npm stop in another terminal, stops them; their data is kept.
`);
  return stack;
}
