import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { projectRoot, serverlessProgram } from "../../scripts/stack/paths.ts";
import { findFreePort } from "../../scripts/stack/ports.ts";
import { fetchStatus } from "../../scripts/stack/servers/fetch-status.ts";
import { createService, endWithOwner } from "../../scripts/stack/servers/service.ts";

const startTimeoutMs = 90_000;

export interface OfflineServer {
  /** http://127.0.0.1:port */
  address: string;
  /** All it has written so far. */
  log(): string;
  /** The JSON lines its functions have written so far. */
  logLines(): Record<string, unknown>[];
  /** Ends it as Ctrl-C does, and waits. */
  stop(): Promise<void>;
}

interface OfflineOptions {
  /** Where its serverless.yml lies; this project unless given. */
  directory?: string;
  environment?: Record<string, string>;
  /** Asked until it answers. */
  readyPath?: string;
}

/** Starts serverless-offline on a free port. What it keeps on disk is removed when it stops. */
export async function startOfflineServer(options: OfflineOptions = {}): Promise<OfflineServer> {
  const { directory = projectRoot, environment = {}, readyPath = "/openapi.json" } = options;
  const state = mkdtempSync(path.join(tmpdir(), "offline-"));
  mkdirSync(path.join(state, "tmp"));
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const logFile = path.join(state, "log");
  const [program, parameters] = endWithOwner("TERM", process.execPath, [
    ...[serverlessProgram, "offline", "start", "--host", "127.0.0.1", "--httpPort", String(port)],
  ]);
  const server = createService({
    name: "serverless-offline",
    program,
    parameters,
    directory,
    environment: {
      ...(process.env as Record<string, string>),
      MODEL_CACHE_DIRECTORY: path.join(state, "model-cache"),
      TMPDIR: path.join(state, "tmp"),
      ...environment,
      PORT: String(port),
    },
    logFile,
    isReady: async () => (await fetchStatus(address + readyPath)) !== undefined,
    startTimeoutMs,
  });
  await server.start();
  let wholeLog: string | undefined;
  const log = () => wholeLog ?? readFileSync(logFile, "utf8");
  return {
    address,
    log,
    logLines: () =>
      log()
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line)),
    async stop() {
      await server.stop();
      wholeLog = log();
      rmSync(state, { recursive: true, force: true });
      rmSync(path.join(directory, ".esbuild", String(port)), { recursive: true, force: true });
    },
  };
}

/** Address of the service that all tests of a run share. Others ask it too: count on no figures, and never stop it. */
export const useSharedService = (): string => inject("serviceAddress");

/**
 * A server for one file or describe block. Call it outside of tests; what it returns gives the server inside of them.
 *
 * @param options made when the block begins
 */
export function useOfflineServer(
  options: () => OfflineOptions | Promise<OfflineOptions>,
): () => OfflineServer {
  let server: OfflineServer | undefined;
  beforeAll(async () => {
    server = await startOfflineServer(await options());
  }, startTimeoutMs + 10_000);
  afterAll(async () => server?.stop());
  return () => {
    if (server === undefined) throw new Error("The server is there within tests and hooks only.");
    return server;
  };
}
