import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureEnvironment } from "../../scripts/python/ensure-environment.ts";
import { sendSigned } from "../../shared/aws/send-signed.ts";

const region = "us-east-1";
const readyWithinMs = 60_000;

export type FirehoseEmulator = Awaited<ReturnType<typeof startFirehoseEmulator>>;

/** ministack, an AWS in one process: it delivers what is put to Firehose, and its Athena answers from the files in its S3. */
export async function startFirehoseEmulator() {
  const environment = await ensureEnvironment({
    name: "aws-emulator",
    requirements: "requirements-emulator.txt",
    contents: "an emulator of AWS",
  });
  const folder = mkdtempSync(join(tmpdir(), "ministack-"));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(join(environment, "bin/ministack"), {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: region,
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
    },
    stdio: "ignore",
  });
  const stop = async () => {
    await end(server);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await waitUntilReady(url, server).catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  return {
    url,
    region,
    stop,
    /** One call of a service whose protocol is JSON, as `Firehose_20150804.CreateDeliveryStream`. */
    async call(service: string, target: string, parameters: object): Promise<Record<string, unknown>> {
      const credentials = async () => ({ accessKeyId: "test", secretAccessKey: "test" });
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
      const body = JSON.stringify(parameters);
      const request = {
        method: "POST",
        service,
        region,
        server: new URL(url),
        path: "/",
        headers,
        body,
      } as const;
      return JSON.parse((await sendSigned(request, credentials, 30_000)).body.toString());
    },
    async createBucket(name: string): Promise<void> {
      const credentials = async () => ({ accessKeyId: "test", secretAccessKey: "test" });
      const request = {
        method: "PUT",
        service: "s3",
        region,
        server: new URL(url),
        path: `/${name}`,
      } as const;
      await sendSigned(request, credentials, 30_000);
    },
  };
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  const untilMs = performance.now() + readyWithinMs;
  while (performance.now() < untilMs && server.exitCode === null) {
    const answer = await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => {},
    );
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`ministack was not ready within ${readyWithinMs / 1000} s`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const timer = setTimeout(() => server.kill("SIGKILL"), 5_000);
  await exited;
  clearTimeout(timer);
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
