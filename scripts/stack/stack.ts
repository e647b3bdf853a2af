import path from "node:path";
import { assertDiskSpace, isDiskFull, watchDisk } from "./disk-space.ts";
import {
  assertPortsFree,
  chooseStackPorts,
  describeWantedPorts,
  type StackPorts,
  type WantedPort,
} from "./ports.ts";
import { takeOwnership } from "./processes/owner.ts";
import { endProcesses, findStackProcesses } from "./processes/processes.ts";
import { ensurePythonEnvironment } from "./python-environment.ts";
import { saveClientEnvironment } from "./running-stack.ts";
import { loadSecrets } from "./secrets.ts";
import { createKeeper } from "./servers/keep-running.ts";
import type { Service } from "./servers/service.ts";
import { createServices, type StackServices } from "./servers/stack-services.ts";
import {
  adminUser,
  artifactBucket,
  createAddresses,
  createClientEnvironment,
  inferenceLogBucket,
  uploadBucket,
} from "./stack-environment.ts";

export interface StackOptions {
  /** State folder for data, logs and secrets. Created if missing; a later start continues with its content. */
  directory: string;
  /** Ports that must be used; for the others free ones are chosen. */
  ports?: Partial<StackPorts>;
  /** Ports that other programs will need; they are checked together with the stack's own, before anything starts. */
  otherPorts?: WantedPort[];
  /** What clients of the stack take in addition to addresses and keys: which model its service serves. */
  clientSettings?: Record<string, string>;
  /** Whether MLflow asks for a user name and a password. Default: false. */
  auth?: boolean;
  /** Told of a full disk, and of a server that ended by itself and is restarted. Without it, such a server stays down. */
  onTrouble?: ((message: string) => void) | undefined;
  /** Told what is being done, one line per step. */
  onProgress?: (message: string) => void;
}

/** PostgreSQL, S3 and MLflow, running on 127.0.0.1. */
export interface Stack {
  /** State folder with data, logs and secrets. */
  directory: string;
  /** Settings for clients of the stack: this service, the AWS SDK, the MLflow client. */
  env: Record<string, string>;
  mlflowUrl: string;
  s3Url: string;
  /** Bucket of MLflow's artifacts. */
  bucket: string;
  /** Bucket of the service's inference log. */
  inferenceLogBucket: string;
  /** Bucket of photographs too large for a request. */
  uploadBucket: string;
  postgresUrl: string;
  /** MLflow's administrator; MLflow asks for these only with `auth`. */
  admin: { username: string; password: string };
  /** Each can be stopped and started again while the others run, on the same port and data. */
  mlflow: Service;
  s3: Service;
  postgres: Service;
  /** Stops MLflow, S3 and PostgreSQL, in this order; the data stays. */
  stop(): Promise<void>;
}

const leftoverTimeoutMs = 15_000;
/** Room for databases, records and logs for some time. */
const neededBytes = 300e6;

/**
 * Starts the local stack: a real PostgreSQL, a real S3 server and a real MLflow, installed from PyPI if needed.
 * Processes that an earlier start in the same folder left running, because it was killed, are ended first.
 *
 * @throws StackError when a port is taken, another process runs a stack in this folder, or a server fails
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const directory = path.resolve(options.directory);
  const onProgress = options.onProgress ?? (() => {});
  assertDiskSpace(directory, neededBytes);
  const programs = await ensurePythonEnvironment(onProgress);
  const release = await takeOwnership(directory);
  const { onTrouble } = options;
  const keeper =
    onTrouble === undefined
      ? undefined
      : createKeeper({ say: onTrouble, hasRoom: () => !isDiskFull(directory) });
  const endDiskWatch = onTrouble === undefined ? () => {} : watchDisk(directory, { say: onTrouble });
  let services: StackServices | undefined;
  const stop = async () => {
    keeper?.stop();
    endDiskWatch();
    await services?.mlflow.stop();
    await services?.s3.stop();
    await services?.postgres.stop();
    release();
  };
  try {
    await endLeftovers(directory, onProgress);
    await assertPortsFree([...describeWantedPorts(options.ports ?? {}), ...(options.otherPorts ?? [])]);
    const ports = await chooseStackPorts(options.ports ?? {});
    const secrets = loadSecrets(directory);
    const addresses = createAddresses(ports, secrets);
    services = await createServices({
      directory,
      ports,
      secrets,
      addresses,
      programs,
      auth: options.auth === true,
      onUnexpectedEnd: (name, service, message) => void keeper?.hasEnded(name, service, message),
    });

    await startTogether([services.postgres, services.s3]);
    onProgress(`PostgreSQL is ready on 127.0.0.1:${ports.postgres}, S3 on ${addresses.s3Url}`);
    await services.mlflow.start();
    onProgress(`MLflow is ready on ${addresses.mlflowUrl}`);
    const admin = { username: adminUser, password: secrets.mlflowAdminPassword };
    const env = createClientEnvironment(addresses, secrets, options.auth === true ? admin : undefined);
    // The database's address is not in `env`, because the service has no business in the database.
    saveClientEnvironment(directory, {
      ...env,
      ...options.clientSettings,
      BACKUP_DATABASE_URL: addresses.postgresUrl,
    });
    return {
      directory,
      env,
      ...addresses,
      bucket: artifactBucket,
      inferenceLogBucket,
      uploadBucket,
      admin,
      ...services,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for all, even if one fails, because a server that is still starting cannot be stopped. */
async function startTogether(services: Service[]): Promise<void> {
  const results = await Promise.allSettled(services.map((service) => service.start()));
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}

/** Ends processes of the stack in this folder that have no owner. Returns how many there were. */
export async function endLeftovers(
  directory: string,
  onProgress: (message: string) => void = () => {},
): Promise<number> {
  const leftovers = findStackProcesses(path.resolve(directory));
  if (leftovers.length > 0)
    onProgress(`ending ${leftovers.length} processes that an earlier start left behind`);
  return endProcesses(leftovers, leftoverTimeoutMs);
}
