import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { findFreePort } from "../ports.ts";
import { fetchStatus } from "./fetch-status.ts";
import { createService, endWithOwner, type Service, type ServiceOptions } from "./service.ts";

export interface S3Options extends Pick<ServiceOptions, "onUnexpectedEnd"> {
  directory: string;
  port: number;
  /** Ports of the other servers of the stack, which may not listen yet. */
  otherPorts: number[];
  accessKeyId: string;
  secretAccessKey: string;
  buckets: string[];
  /** SeaweedFS's program. */
  weed: string;
  environment: Record<string, string>;
}

/** SeaweedFS's servers listen for gRPC on a port this far above their HTTP port. */
const grpcOffset = 10_000;
const startTimeoutMs = 60_000;

/** A real S3 server (SeaweedFS) on 127.0.0.1, with its data in `s3/` of the state folder. */
export async function createS3(options: S3Options): Promise<Service> {
  const { directory, port } = options;
  const data = path.join(directory, "s3");
  const taken = new Set([port, ...options.otherPorts]);
  const filerPort = await findFreePort(grpcOffset, taken);
  const flags = {
    dir: data,
    ip: "127.0.0.1",
    "ip.bind": "127.0.0.1",
    bucket: options.buckets.join(","),
    "s3.port": port,
    // In `directory`: by default it is left behind in the folder for temporary files. Relative, because such a path has at most 107 bytes.
    "s3.localSocket": "s3.sock",
    "s3.port.grpc": await findFreePort(undefined, taken),
    "filer.port": filerPort,
    "master.port": await findFreePort(grpcOffset, taken),
    "volume.port": await findFreePort(grpcOffset, taken),
    "admin.port": await findFreePort(grpcOffset, taken),
    "volume.preStopSeconds": 0,
    "master.telemetry": false,
    // Only S3 is needed: zero or false turns each of these off.
    "admin.ui": false,
    webdav: false,
    "s3.iam": false,
    "s3.port.iceberg": 0,
    "s3.port.lance": 0,
  };
  const parameters = [`-logdir=${path.join(directory, "s3-log")}`, "mini"];
  parameters.push(...Object.entries(flags).map(([name, value]) => `-${name}=${value}`));
  const [program, allParameters] = endWithOwner("TERM", options.weed, parameters);
  const service = createService({
    name: "The S3 server",
    program,
    parameters: allParameters,
    environment: {
      ...options.environment,
      // A request passes through several of its servers. On one processor they do not wake each other, and take a fifth less time.
      GOMAXPROCS: "1",
      AWS_ACCESS_KEY_ID: options.accessKeyId,
      AWS_SECRET_ACCESS_KEY: options.secretAccessKey,
    },
    directory,
    logFile: path.join(directory, "s3.log"),
    isReady: async () => (await serves(port)) && (await hasBuckets(filerPort, options.buckets)),
    startTimeoutMs,
    onUnexpectedEnd: options.onUnexpectedEnd,
  });
  return {
    async start() {
      mkdirSync(data, { recursive: true, mode: 0o700 });
      // Every start has a log of its own.
      rmSync(path.join(directory, "s3-log"), { recursive: true, force: true });
      mkdirSync(path.join(directory, "s3-log"), { recursive: true });
      removeFormerMasters(data);
      await service.start();
    },
    stop: service.stop,
  };
}

/** Removes the folders of earlier masters, which have another port in their name; a new master learns all it needs from the volumes. */
function removeFormerMasters(data: string): void {
  for (const name of readdirSync(data).filter((entry) => /^m\d+$/.test(entry))) {
    rmSync(path.join(data, name), { recursive: true });
  }
}

/** Whether the S3 port answers; a refusal (403), because the request has no signature, is enough. */
async function serves(port: number): Promise<boolean> {
  return (await fetchStatus(`http://127.0.0.1:${port}/`)) !== undefined;
}

/** Buckets are folders of the filer, which answers to this machine without a signature. */
async function hasBuckets(filerPort: number, buckets: string[]): Promise<boolean> {
  const statuses = await Promise.all(
    buckets.map((bucket) => fetchStatus(`http://127.0.0.1:${filerPort}/buckets/${bucket}/`)),
  );
  return statuses.every((status) => status === 200);
}
