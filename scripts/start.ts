// npm start: installs and runs everything, the service on PORT and MLflow on MLFLOW_PORT, until Ctrl-C or npm stop.

import { findNewestBackupMs } from "../shared/backup/create-backup.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { backUpLocally } from "./backup/back-up-locally.ts";
import { type BackupScheduleSettings, backupScheduleSettings } from "./backup/settings.ts";
import type { CommandRun } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";
import { runSchedule } from "./stack/processes/run-schedule.ts";
import { type Running, runUntilStopped } from "./stack/processes/run-until-stopped.ts";
import { ensurePythonEnvironment } from "./stack/python-environment.ts";
import { pickClientSettings } from "./stack/running-stack.ts";
import { loadLocalSettings } from "./stack/settings.ts";
import { type Stack, startStack } from "./stack/stack.ts";
import { createApi } from "./start/api.ts";
import { checkServiceSettings, describeReplaced } from "./start/check-service-settings.ts";
import { findExperimentPage } from "./start/experiment-page.ts";
import { runExpiry } from "./start/expire-photographs.ts";
import { predictOnce } from "./start/first-prediction.ts";
import { findStartCredentials } from "./start/own-key.ts";
import { ensureRegisteredModel, samplePhotograph } from "./start/packaged-model.ts";
import { ensureTensorflow } from "./tensorflow/tensorflow.ts";

export const run: CommandRun<"start"> = () => runUntilStopped(stackFolder, startEverything);

async function startEverything(): Promise<Running> {
  const { servicePort, stackPorts, retryTensorflow, photographRetentionDays } = loadLocalSettings();
  checkServiceSettings(process.env);
  const { backups } = loadSettings({ backups: backupScheduleSettings });
  await showStep("Preparing MLflow, PostgreSQL and an S3 server", ensurePythonEnvironment);
  await showStep("Preparing TensorFlow", (say) => ensureTensorflow(say, { retry: retryTensorflow }), {
    summarize: (state) => state.explanation,
  });
  const stack = await showStep("Starting PostgreSQL, S3 and MLflow", (say) =>
    startStack({
      directory: stackFolder,
      ports: stackPorts,
      onTrouble: console.error,
      clientSettings: pickClientSettings(process.env, servicePort),
      otherPorts: [{ port: servicePort, owner: "the service", setting: "PORT" }],
      onProgress: say,
    }),
  );
  try {
    const service = await startService(stack, servicePort);
    const stopping = new AbortController();
    const scheduled = [
      startBackups(backups, stopping.signal),
      runExpiry(photographRetentionDays, stopping.signal),
    ];
    return {
      ...service,
      stop: async () => {
        stopping.abort();
        await Promise.all(scheduled);
        await service.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** Resolves after the signal, once no backup is in progress. */
async function startBackups(settings: BackupScheduleSettings, signal: AbortSignal): Promise<void> {
  if (settings.everyHours === 0) return;
  await runSchedule({
    everyHours: settings.everyHours,
    lastMs: await findNewestBackupMs(settings.directory),
    work: async () => console.log(`Backed up to ${(await backUpLocally(stackFolder, settings)).file}`),
    onFailure: (error) => console.error(`The backup failed: ${describe(error)}`),
    signal,
  });
}

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function startService(stack: Stack, port: number): Promise<Running> {
  for (const line of describeReplaced(process.env, stack.env)) console.error(line);
  // The AWS SDK of this process reads its keys from the environment.
  Object.assign(process.env, stack.env);
  await showStep("Looking for a model in the registry", (say) => ensureRegisteredModel(process.env, say), {
    summarize: (line) => line,
  });
  const failure = Promise.withResolvers<string>();
  const api = createApi({
    directory: stackFolder,
    port,
    stackEnvironment: stack.env,
    onUnexpectedEnd: failure.resolve,
  });
  const stop = async () => {
    await api.stop();
    await stack.stop();
  };
  try {
    await showStep("Starting the service", () => api.start());
    const address = `http://localhost:${port}`;
    const credentials = await findStartCredentials();
    if (credentials !== undefined) {
      await showStep(
        "Asking for a first prediction",
        (say) => predictOnce({ address, photograph: samplePhotograph, headers: credentials, say }),
        { summarize: (line) => line },
      );
    }
    printAddresses(address, await findExperimentPage(process.env), credentials);
  } catch (error) {
    await api.stop();
    throw error;
  }
  return { stop, failed: failure.promise };
}

function printAddresses(
  address: string,
  experimentPage: string,
  credentials: Record<string, string> = { authorization: "…" },
): void {
  const headers = Object.entries(credentials).map(([name, value]) => `-H "${name}: ${value}" `);
  console.log(`
  The service  ${address}        (${address}/docs describes it)
  Dashboard    ${address}/dashboard
  MLflow       ${experimentPage}

  Try it:      curl ${headers.join("")}-F "file=@${samplePhotograph}" ${address}/predict

  Its log is ${stackFolder}/service.log
  Ctrl-C, or npm stop in another terminal, stops everything; the data is kept.
`);
}
