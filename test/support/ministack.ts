import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureEnvironment } from "../../scripts/python/ensure-environment.ts";
import { findFreePort } from "../../scripts/stack/ports.ts";
import { createService, endWithOwner } from "../../scripts/stack/servers/service.ts";

const startTimeoutMs = 90_000;

export interface MinistackPlace {
  port: number;
  /** Its home, its folder for temporary files and its log; removed when it stops. */
  folder: string;
}

export interface MinistackOptions {
  region: string;
  /** Further variables of its environment. */
  environment?: (place: MinistackPlace) => Record<string, string>;
  /** Asked repeatedly until it returns true. */
  isReady: (place: MinistackPlace) => Promise<boolean>;
}

export interface Ministack extends MinistackPlace {
  logFile: string;
  stop(): Promise<void>;
}

/** Starts ministack, an AWS in one process, on a free port of this machine. */
export async function startMinistack({
  region,
  environment = () => ({}),
  isReady,
}: MinistackOptions): Promise<Ministack> {
  const python = await ensureEnvironment({
    name: "aws-emulator",
    requirements: "requirements-emulator.txt",
    contents: "an emulator of AWS",
  });
  const place = {
    port: await findFreePort(),
    folder: mkdtempSync(path.join(tmpdir(), "ministack-")),
  };
  const { port, folder } = place;
  const logFile = path.join(folder, "log");
  const [program, parameters] = endWithOwner("TERM", path.join(python, "bin/ministack"), []);
  const service = createService({
    name: "The emulator of AWS",
    program,
    parameters,
    directory: folder,
    environment: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: region,
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      ...environment(place),
    },
    logFile,
    isReady: () => isReady(place),
    startTimeoutMs,
  });
  const stop = async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await service.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { ...place, logFile, stop };
}
