import type { StackPorts } from "../ports.ts";
import { stackMark } from "../processes/processes.ts";
import type { PythonEnvironment } from "../python-environment.ts";
import type { StackSecrets } from "../secrets.ts";
import {
  adminUser,
  artifactBucket,
  artifactRoot,
  createS3Environment,
  inferenceLogBucket,
  photographBucket,
  type StackAddresses,
  uploadBucket,
} from "../stack-environment.ts";
import { createMlflow, type MlflowOptions } from "./mlflow.ts";
import { createPostgres, postgresUser } from "./postgres.ts";
import { createS3 } from "./s3.ts";
import type { Service } from "./service.ts";

export interface StackServices {
  postgres: Service;
  s3: Service;
  mlflow: Service;
}

export interface StackServicesOptions {
  directory: string;
  ports: StackPorts;
  secrets: StackSecrets;
  addresses: StackAddresses;
  programs: PythonEnvironment;
  /** Whether MLflow asks for a user name and a password. */
  auth: boolean;
  /** Called when one of them ends without having been asked to. */
  onUnexpectedEnd?: ((name: string, service: Service, message: string) => void) | undefined;
}

/** Creates the three servers, without starting them, and tells each where the others are. */
export async function createServices(options: StackServicesOptions): Promise<StackServices> {
  const { directory, ports, secrets, addresses, programs, onUnexpectedEnd = () => {} } = options;
  const environment = createServerEnvironment(directory);
  const postgres: Service = createPostgres({
    directory,
    port: ports.postgres,
    password: secrets.postgresPassword,
    databases: ["mlflow", "mlflow_auth"],
    programs: programs.postgresPrograms,
    environment,
    onUnexpectedEnd: (message) => onUnexpectedEnd("PostgreSQL", postgres, message),
  });
  const s3: Service = createS3({
    directory,
    port: ports.s3,
    otherPorts: [ports.postgres, ports.mlflow],
    accessKeyId: secrets.s3AccessKeyId,
    secretAccessKey: secrets.s3SecretAccessKey,
    buckets: [artifactBucket, inferenceLogBucket, uploadBucket, photographBucket],
    weed: programs.weed,
    environment,
    onUnexpectedEnd: (message) => onUnexpectedEnd("The S3 server", s3, message),
  });
  const mlflow: Service = createMlflow({
    directory,
    port: ports.mlflow,
    python: programs.python,
    databaseAddress: databaseAddress(ports, "mlflow"),
    databasePassword: secrets.postgresPassword,
    artifactsDestination: artifactRoot,
    ...(options.auth ? { authentication: createAuthentication(ports, secrets) } : {}),
    environment: { ...environment, ...createS3Environment(addresses.s3Url, secrets) },
    onUnexpectedEnd: (message) => onUnexpectedEnd("MLflow", mlflow, message),
  });
  return { postgres, s3, mlflow };
}

/**
 * Takes from this process's environment only what programs need to run at all, so that a developer's proxy, AWS profile or
 * PostgreSQL settings do not reach the stack.
 */
function createServerEnvironment(directory: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: directory,
    LANG: "C.UTF-8",
    [stackMark]: directory,
  };
}

function createAuthentication(
  ports: StackPorts,
  secrets: StackSecrets,
): NonNullable<MlflowOptions["authentication"]> {
  return {
    databaseAddress: databaseAddress(ports, "mlflow_auth"),
    adminUser,
    adminPassword: secrets.mlflowAdminPassword,
    secretKey: secrets.mlflowSecretKey,
  };
}

/** Leaves out the password, which would be visible in lists of processes. */
function databaseAddress(ports: StackPorts, database: string): string {
  return `postgresql+psycopg2://${postgresUser}@127.0.0.1:${ports.postgres}/${database}`;
}
