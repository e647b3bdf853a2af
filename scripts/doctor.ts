// npm run doctor: checks everything that the service needs, and says how to fix what is wrong.
import { SettingsError } from "../shared/errors/settings-error.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, exitCodes, printJson } from "./cli/run-command.ts";
import { checkMachine } from "./doctor/check-machine.ts";
import { checkMlflow } from "./doctor/check-mlflow.ts";
import { checkService } from "./doctor/check-service.ts";
import { checkStorage } from "./doctor/check-storage.ts";
import { type Finding, renderFindings, unhealthy } from "./doctor/finding.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry, type RegistryConnection } from "./registry/connect-registry.ts";
import { stackFolder } from "./stack/paths.ts";
import { findOwner } from "./stack/processes/owner.ts";
import { loadLocalSettings } from "./stack/settings.ts";
import { StackError } from "./stack/stack-error.ts";

export const run: CommandRun<"doctor"> = async ({ values, operands: [address] }) => {
  const findings = await showStep("Checking everything", () =>
    address === undefined ? checkHere() : checkService(parseAddress(address), deployedRemedies),
  );
  const isHealthy = findings.every((finding) => finding.healthy);
  if (values.json) printJson({ healthy: isHealthy, findings });
  else console.log(`\n${renderFindings(findings, process.stdout.isTTY)}\n`);
  if (!isHealthy) process.exitCode = exitCodes.failed;
};

/** Shorter than the client's own, because somebody is waiting. */
const mlflowTimeoutMs = 10_000;

const deployedRemedies = {
  start:
    "Compare the address with the one that npm run deploy printed; a network or firewall may be in between",
  restart:
    "Run npm run doctor with the deployment's MLFLOW_TRACKING_URI and INFERENCE_LOG_BUCKET set: it shows what they answer",
};
const localAddress = () => `http://127.0.0.1:${loadLocalSettings().servicePort}`;

/** Checks this machine and the servers that the settings name: by default those of the local stack. */
async function checkHere(): Promise<Finding[]> {
  const machine = await checkMachine();
  const isLocal = !process.env.MLFLOW_TRACKING_URI;
  if (isLocal && findOwner(stackFolder) === undefined) {
    const what = "MLflow, S3, PostgreSQL and the service are not running";
    return [
      ...machine,
      unhealthy("Local stack", what, "npm start (or set MLFLOW_TRACKING_URI to your server)"),
    ];
  }
  const restart = isLocal
    ? `npm stop, then npm start; ${stackFolder} holds the logs`
    : "Check MLFLOW_TRACKING_URI and its credentials";
  let connection: RegistryConnection;
  try {
    connection = connectRegistry({ timeoutMs: mlflowTimeoutMs, maxAttempts: 1 });
  } catch (error) {
    if (!(error instanceof StackError || error instanceof SettingsError)) throw error;
    return [...machine, unhealthy("Settings", error.message, "Correct the environment of this command")];
  }
  const [mlflow, storage, service] = await Promise.all([
    checkMlflow(connection, restart),
    checkStorage(connection, restart),
    isLocal ? checkService(localAddress(), { start: restart, restart }) : [],
  ]);
  return [...machine, ...mlflow, ...storage, ...service];
}

function parseAddress(address: string): string {
  if (/^https?:$/.test(URL.parse(address)?.protocol ?? "")) return address;
  throw new UsageError(
    `Expected the address of a service, such as https://abc.execute-api.sa-east-1.amazonaws.com, but received ${address}`,
  );
}
