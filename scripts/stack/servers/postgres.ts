import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runProgram } from "../processes/run-program.ts";
import { createService, endWithOwner, type Service, type ServiceOptions } from "./service.ts";
import { createUnprivileged, type Unprivileged } from "./unprivileged.ts";

export interface PostgresOptions extends Pick<ServiceOptions, "onUnexpectedEnd"> {
  directory: string;
  port: number;
  password: string;
  /** Databases to create, all owned by the user `mlflow`. */
  databases: string[];
  /** Folder of initdb, postgres, psql. */
  programs: string;
  environment: Record<string, string>;
}

const commandTimeoutMs = 60_000;
const startTimeoutMs = 60_000;
export const postgresUser = "mlflow";

/** A real PostgreSQL on 127.0.0.1, with its data in `postgres/` of the state folder. */
export function createPostgres(options: PostgresOptions): Service {
  const { directory, port, programs } = options;
  const unprivileged = createUnprivileged();
  const data = path.join(directory, "postgres");
  const parameters = ["-D", data, "-p", String(port)];
  parameters.push("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=");
  const [program, allParameters] = unprivileged.wrap(
    ...endWithOwner("INT", path.join(programs, "postgres"), parameters),
  );
  const service = createService({
    name: "PostgreSQL",
    program,
    parameters: allParameters,
    environment: options.environment,
    directory,
    logFile: path.join(directory, "postgres.log"),
    isReady: () => accepts(options),
    startTimeoutMs,
    onUnexpectedEnd: options.onUnexpectedEnd,
    // PostgreSQL's "fast shutdown": open sessions are ended, and everything is written.
    stopSignal: "SIGINT",
  });
  return {
    async start() {
      unprivileged.letThrough(directory);
      if (!existsSync(data)) await createCluster(options, data, unprivileged);
      await service.start();
      await createDatabases(options);
    },
    stop: service.stop,
  };
}

/** Creates the cluster beside its place and moves it there when it is complete, so that a half-made one is never used. */
async function createCluster(
  options: PostgresOptions,
  data: string,
  unprivileged: Unprivileged,
): Promise<void> {
  const unfinished = `${data}.unfinished`;
  const passwordFile = path.join(unfinished, "password");
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  unprivileged.give(passwordFile);
  unprivileged.give(unfinished);
  const cluster = path.join(unfinished, "cluster");
  const [program, parameters] = unprivileged.wrap(path.join(options.programs, "initdb"), [
    ...["-D", cluster, "-U", postgresUser, `--pwfile=${passwordFile}`],
    ...["-A", "scram-sha-256", "-E", "UTF8", "--no-locale"],
  ]);
  await runProgram(program, parameters, { environment: options.environment, timeoutMs: commandTimeoutMs });
  renameSync(cluster, data);
  rmSync(unfinished, { recursive: true });
}

async function accepts(options: PostgresOptions): Promise<boolean> {
  try {
    await query(options, "select 1");
    return true;
  } catch {
    return false;
  }
}

async function createDatabases(options: PostgresOptions): Promise<void> {
  const existing = (await query(options, "select datname from pg_database")).split("\n");
  for (const name of options.databases.filter((database) => !existing.includes(database))) {
    await query(options, `create database ${name}`);
  }
}

function query(options: PostgresOptions, statement: string): Promise<string> {
  return runProgram(
    path.join(options.programs, "psql"),
    [
      ...["--host=127.0.0.1", `--port=${options.port}`, `--username=${postgresUser}`, "--dbname=postgres"],
      ...["--no-psqlrc", "--no-align", "--tuples-only", `--command=${statement}`],
    ],
    {
      environment: { ...options.environment, PGPASSWORD: options.password, PGCONNECT_TIMEOUT: "5" },
      timeoutMs: commandTimeoutMs,
    },
  );
}
