import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { projectRoot, serverlessProgram } from "../stack/paths.ts";
import { stackMark } from "../stack/processes/processes.ts";
import { fetchStatus } from "../stack/servers/fetch-status.ts";
import { createService, endWithOwner, type Service } from "../stack/servers/service.ts";

export interface ApiOptions {
  directory: string;
  port: number;
  /** Addresses and keys of the stack. */
  stackEnvironment: Record<string, string>;
  onUnexpectedEnd: (message: string) => void;
}

/** Long, because a busy or small machine takes minutes to bundle the functions; the terminal shows that it is still working. */
const startTimeoutMs = 300_000;

/** Creates the server of the functions in serverless.yml, behind serverless-offline, on 127.0.0.1. */
export function createApi({ directory, port, stackEnvironment, onUnexpectedEnd }: ApiOptions): Service {
  const [program, parameters] = endWithOwner("TERM", process.execPath, [
    ...[serverlessProgram, "offline", "start", "--host", "127.0.0.1", "--httpPort", String(port)],
  ]);
  // serverless-esbuild leaves 16 MB per start in the folder for temporary files.
  const temporaryFolder = path.join(directory, "tmp");
  rmSync(temporaryFolder, { recursive: true, force: true });
  mkdirSync(temporaryFolder, { recursive: true });
  return createService({
    name: "The service",
    program,
    parameters,
    environment: {
      // esbuild's process stays to bundle what is edited: without collecting garbage it would hold 1.4 GB instead of 0.7.
      GOGC: "100",
      MODEL_CACHE_DIRECTORY: path.join(directory, "model-cache"),
      ...definedVariables(process.env),
      ...stackEnvironment,
      PORT: String(port),
      HOST: "127.0.0.1",
      TMPDIR: temporaryFolder,
      [stackMark]: directory,
    },
    directory: projectRoot,
    logFile: path.join(directory, "service.log"),
    // Not /health, because every health check is tracked.
    isReady: async () => (await fetchStatus(`http://127.0.0.1:${port}/openapi.json`)) === 200,
    startTimeoutMs,
    onUnexpectedEnd,
  });
}

function definedVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
