import { writeFileSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "../paths.ts";
import { fetchStatus } from "./fetch-status.ts";
import { createService, endWithOwner, type Service, type ServiceOptions } from "./service.ts";

export interface MlflowOptions extends Pick<ServiceOptions, "onUnexpectedEnd"> {
  directory: string;
  port: number;
  python: string;
  /** Address of its database, without the password, which libpq reads from PGPASSWORD. */
  databaseAddress: string;
  databasePassword: string;
  /** The s3:// address under which artifacts are kept. */
  artifactsDestination: string;
  /** When given, every request needs a user name and a password. */
  authentication?: { databaseAddress: string; adminUser: string; adminPassword: string; secretKey: string };
  /** Includes the address and keys of S3. */
  environment: Record<string, string>;
}

const launcher = path.join(projectRoot, "scripts/python/mlflow-server.py");
const startTimeoutMs = 180_000;

/** A real MLflow tracking server and registry on 127.0.0.1, with all its state in PostgreSQL and S3. */
export function createMlflow(options: MlflowOptions): Service {
  const { directory, port } = options;
  const parameters = [launcher, "--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  parameters.push("--serve-artifacts", "--artifacts-destination", options.artifactsDestination);
  if (options.authentication !== undefined) parameters.push("--app-name", "basic-auth");
  const [program, allParameters] = endWithOwner("TERM", options.python, parameters);
  const service = createService({
    name: "MLflow",
    program,
    parameters: allParameters,
    environment: createEnvironment(options),
    directory,
    logFile: path.join(directory, "mlflow.log"),
    isReady: async () => (await fetchStatus(`http://127.0.0.1:${port}/health`)) === 200,
    startTimeoutMs,
    onUnexpectedEnd: options.onUnexpectedEnd,
  });
  return {
    async start() {
      if (options.authentication !== undefined) writeAuthenticationFile(options);
      await service.start();
    },
    stop: service.stop,
  };
}

function createEnvironment(options: MlflowOptions): Record<string, string> {
  const environment: Record<string, string> = {
    ...options.environment,
    MLFLOW_BACKEND_STORE_URI: options.databaseAddress,
    PGPASSWORD: options.databasePassword,
    // Background jobs (scorers, evaluations) are not used here and cost four idle processes.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    MLFLOW_DISABLE_TELEMETRY: "true",
    DO_NOT_TRACK: "true",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  if (options.authentication !== undefined) {
    environment.MLFLOW_AUTH_CONFIG_PATH = authenticationFile(options.directory);
    environment.MLFLOW_FLASK_SERVER_SECRET_KEY = options.authentication.secretKey;
  }
  return environment;
}

function authenticationFile(directory: string): string {
  return path.join(directory, "mlflow-auth.ini");
}

function writeAuthenticationFile({ directory, authentication }: MlflowOptions): void {
  const lines = [
    "[mlflow]",
    "default_permission = READ",
    `database_uri = ${authentication?.databaseAddress}`,
    `admin_username = ${authentication?.adminUser}`,
    `admin_password = ${authentication?.adminPassword}`,
    "authorization_function = mlflow.server.auth:authenticate_request_basic_auth",
  ];
  writeFileSync(authenticationFile(directory), `${lines.join("\n")}\n`, { mode: 0o600 });
}
