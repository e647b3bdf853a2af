import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll } from "vitest";
import { ensureEnvironment } from "../../scripts/python/ensure-environment.ts";
import { findFreePort } from "../../scripts/stack/ports.ts";
import { createService, endWithOwner, type Service } from "../../scripts/stack/service.ts";

const startTimeoutMs = 90_000;
const region = "eu-central-1";

export interface AwsEmulator {
  /** What a client needs in its environment. */
  env: Record<string, string>;
  /** What it and its functions wrote. */
  log(): string;
}

/**
 * An AWS of this file's own on a free port of this machine: ministack, with roles and bucket policies enforced, behind TLS. Functions run as processes of
 * Node, without a layer in /opt. docs/deploy.md lists what is not as on AWS.
 */
export function useAwsEmulator(): () => AwsEmulator {
  let folder = "";
  let emulator: AwsEmulator | undefined;
  let service: Service | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "aws-emulator-"));
    const port = await findFreePort();
    const certificate = path.join(folder, "ministack-tls/server.crt");
    const logFile = path.join(folder, "log");
    const address = `https://127.0.0.1:${port}`;
    const [program, parameters] = endWithOwner("TERM", await findProgram(), []);
    service = createService({
      name: "The emulator of AWS",
      program,
      parameters,
      directory: folder,
      environment: describeEmulator({ folder, port, certificate }),
      logFile,
      isReady: () => answers(`${address}/_ministack/health`, certificate),
      startTimeoutMs,
    });
    await service.start();
    tls.setDefaultCACertificates([...tls.getCACertificates("default"), readFileSync(certificate, "utf8")]);
    emulator = {
      env: {
        AWS_ENDPOINT_URL: address,
        NODE_EXTRA_CA_CERTS: certificate,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_REGION: region,
        AWS_EC2_METADATA_DISABLED: "true",
      },
      log: () => readFileSync(logFile, "utf8"),
    };
  });
  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    if (emulator === undefined) throw new Error("The emulator is there within tests and hooks only.");
    return emulator;
  };
}

async function findProgram(): Promise<string> {
  const folder = await ensureEnvironment({
    name: "aws-emulator",
    requirements: "requirements-emulator.txt",
    contents: "an emulator of AWS",
  });
  return path.join(folder, "bin/ministack");
}

function describeEmulator(place: {
  folder: string;
  port: number;
  certificate: string;
}): Record<string, string> {
  const temporary = place.folder;
  mkdirSync(temporary, { recursive: true });
  return {
    // Functions run on the first node of PATH.
    PATH: `${path.resolve("node_modules/.bin")}:${process.env.PATH}`,
    HOME: temporary,
    TMPDIR: temporary,
    AUTH: "true",
    USE_SSL: "1",
    BIND_HOST: "127.0.0.1",
    GATEWAY_PORT: String(place.port),
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    MINISTACK_REGION: region,
    LAMBDA_EXECUTOR: "local",
    NODE_EXTRA_CA_CERTS: place.certificate,
  };
}

function answers(address: string, certificate: string): Promise<boolean> {
  if (!existsSync(certificate)) return Promise.resolve(false);
  return new Promise((resolve) => {
    get(address, { ca: readFileSync(certificate), agent: false }, (response) => {
      response.resume();
      resolve(true);
    }).on("error", () => resolve(false));
  });
}
