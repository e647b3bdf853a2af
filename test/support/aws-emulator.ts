import { existsSync, readFileSync } from "node:fs";
import { get } from "node:https";
import path from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll } from "vitest";
import { type Ministack, startMinistack } from "./ministack.ts";

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
  let emulator: AwsEmulator | undefined;
  let ministack: Ministack | undefined;

  beforeAll(async () => {
    ministack = await startMinistack({
      region,
      environment: ({ folder }) => ({
        // Functions run on the first node of PATH.
        PATH: `${path.resolve("node_modules/.bin")}:${process.env.PATH}`,
        AUTH: "true",
        USE_SSL: "1",
        LAMBDA_EXECUTOR: "local",
        NODE_EXTRA_CA_CERTS: certificateIn(folder),
      }),
      isReady: ({ port, folder }) => answers(`${addressOf(port)}/_ministack/health`, certificateIn(folder)),
    });
    const { port, folder, logFile } = ministack;
    const certificate = certificateIn(folder);
    tls.setDefaultCACertificates([...tls.getCACertificates("default"), readFileSync(certificate, "utf8")]);
    emulator = {
      env: {
        AWS_ENDPOINT_URL: addressOf(port),
        NODE_EXTRA_CA_CERTS: certificate,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_REGION: region,
        AWS_EC2_METADATA_DISABLED: "true",
      },
      log: () => readFileSync(logFile, "utf8"),
    };
  });
  afterAll(() => ministack?.stop());
  return () => {
    if (emulator === undefined) throw new Error("The emulator is there within tests and hooks only.");
    return emulator;
  };
}

const addressOf = (port: number): string => `https://127.0.0.1:${port}`;
const certificateIn = (folder: string): string => path.join(folder, "ministack-tls/server.crt");

function answers(address: string, certificate: string): Promise<boolean> {
  if (!existsSync(certificate)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(2_000);
    get(address, { ca: readFileSync(certificate), agent: false, signal }, (response) => {
      response.resume();
      resolve(true);
    }).on("error", () => resolve(false));
  });
}
