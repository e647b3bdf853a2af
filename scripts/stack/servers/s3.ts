import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { findFreePort } from "../ports.ts";
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
const readinessTimeoutMs = 2_000;

/**
 * A real S3 server (SeaweedFS) on 127.0.0.1, with its data in `s3/` of the state folder.
 *
 * Its data are encrypted with a key per object, which is deleted with the object: the volumes themselves keep deleted bytes until
 * enough of them have gathered. Objects from before this encryption stay as they are, and can be read.
 */
export function createS3(options: S3Options): Service {
  const { directory } = options;
  const data = path.join(directory, "s3");
  let service: Service | undefined;
  return {
    async start() {
      mkdirSync(data, { recursive: true, mode: 0o700 });
      // Every start has a log of its own.
      rmSync(path.join(directory, "s3-log"), { recursive: true, force: true });
      mkdirSync(path.join(directory, "s3-log"), { recursive: true });
      removeFormerMasters(data);
      // Every start has ports of its own beside S3's: another program may have taken the last ones meanwhile.
      service = createSeaweedfs(options, await chooseFlags(data, options));
      await service.start();
    },
    async stop() {
      await service?.stop();
    },
  };
}

function createSeaweedfs(options: S3Options, flags: object): Service {
  const { directory } = options;
  const written = Object.entries(flags).map(([name, value]) => `-${name}=${value}`);
  const parameters = [`-logdir=${path.join(directory, "s3-log")}`, "mini", ...written];
  const [program, allParameters] = endWithOwner("TERM", options.weed, parameters);
  return createService({
    name: "The S3 server",
    program,
    parameters: allParameters,
    environment: {
      ...options.environment,
      // A request passes through several of its servers. On one processor they do not wake each other, and take a fifth less time.
      GOMAXPROCS: "1",
      AWS_ACCESS_KEY_ID: options.accessKeyId,
      AWS_SECRET_ACCESS_KEY: options.secretAccessKey,
      // Without these the filer, which holds the objects for S3, gives and takes them over HTTP unsigned.
      WEED_JWT_FILER_SIGNING_KEY: options.secretAccessKey,
      WEED_JWT_FILER_SIGNING_READ_KEY: options.secretAccessKey,
    },
    directory,
    logFile: path.join(directory, "s3.log"),
    isReady: () => hasBuckets(options),
    startTimeoutMs,
    onUnexpectedEnd: options.onUnexpectedEnd,
  });
}

async function chooseFlags(data: string, { port, otherPorts, buckets }: S3Options) {
  const taken = new Set([port, ...otherPorts]);
  return {
    dir: data,
    ip: "127.0.0.1",
    "ip.bind": "127.0.0.1",
    bucket: buckets.join(","),
    "s3.port": port,
    // In `directory`: by default it is left behind in the folder for temporary files. Relative, because such a path has at most 107 bytes.
    "s3.localSocket": "s3.sock",
    "s3.port.grpc": await findFreePort(undefined, taken),
    "s3.encryptVolumeData": true,
    "filer.encryptVolumeData": true,
    "filer.port": await findFreePort(grpcOffset, taken),
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
}

/** Removes the folders of earlier masters, which have another port in their name; a new master learns all it needs from the volumes. */
function removeFormerMasters(data: string): void {
  for (const name of readdirSync(data).filter((entry) => /^m\d+$/.test(entry))) {
    rmSync(path.join(data, name), { recursive: true });
  }
}

/** Whether the S3 port answers with every bucket. */
async function hasBuckets({ port, buckets, accessKeyId, secretAccessKey }: S3Options): Promise<boolean> {
  const client = new S3Client({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    requestHandler: { requestTimeout: readinessTimeoutMs, throwOnRequestTimeout: true },
  });
  try {
    const { Buckets = [] } = await client.send(new ListBucketsCommand());
    const names = Buckets.map(({ Name }) => Name);
    return buckets.every((bucket) => names.includes(bucket));
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}
