// npm start: everything from nothing, the service on PORT and MLflow on MLFLOW_PORT, until Ctrl-C or npm stop.
import { loadSettings } from "../shared/settings/load-settings.ts";
import { backUpLocally } from "./backup/back-up-locally.ts";
import { runSchedule } from "./backup/schedule.ts";
import { type BackupScheduleSettings, backupScheduleSettings } from "./backup/settings.ts";
import type { Run } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";
import { ensurePythonEnvironment } from "./stack/python-environment.ts";
import { type Running, runUntilStopped } from "./stack/run-until-stopped.ts";
import { loadLocalSettings } from "./stack/settings.ts";
import { type Stack, startStack } from "./stack/stack.ts";
import { ensureTensorflow } from "./stack/tensorflow.ts";
import { createApi } from "./start/api.ts";
import { findExperimentPage } from "./start/experiment-page.ts";
import { predictOnce } from "./start/first-prediction.ts";
import { findOwnCredentials } from "./start/own-key.ts";
import { ensureRegisteredModel, samplePhotograph } from "./start/packaged-model.ts";

export const run: Run<"start"> = () => runUntilStopped(stackFolder, startEverything);

async function startEverything(): Promise<Running> {
  const { servicePort, stackPorts, retryTensorflow } = loadLocalSettings();
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
      otherPorts: [{ port: servicePort, owner: "the service", setting: "PORT" }],
      onProgress: say,
    }),
  );
  try {
    const service = await startService(stack, servicePort);
    const stopBackups = startBackups(backups);
    return {
      ...service,
      stop: async () => {
        await stopBackups();
        await service.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** Returns what waits for a backup that is being made, and makes no other. */
function startBackups(settings: BackupScheduleSettings): () => Promise<void> {
  if (settings.everyHours === 0) return async () => {};
  const stopping = new AbortController();
  const running = runSchedule({
    everyHours: settings.everyHours,
    backUp: async () => console.log(`Backed up to ${(await backUpLocally(stackFolder, settings)).file}`),
    onFailure: (error) => console.error(`No backup: ${error instanceof Error ? error.message : error}`),
    signal: stopping.signal,
  });
  return async () => {
    stopping.abort();
    await running;
  };
}

async function startService(stack: Stack, port: number): Promise<Running> {
  // The AWS SDK finds its keys in this process's environment, as the service does in its own.
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
    const credentials = await findOwnCredentials();
    if (credentials !== undefined) {
      await showStep(
        "Asking for a first prediction",
        () => predictOnce(address, samplePhotograph, credentials),
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
  Ctrl-C, or npm stop in another terminal, stops everything; what was recorded is kept.
`);
}
