import path from "node:path";
import type { BackupPrograms, DatabaseServer } from "../../shared/backup/backup-source.ts";
import { hourLengthMs } from "../../shared/time/durations.ts";
import { runProgram } from "../stack/processes/run-program.ts";

const queryTimeoutMs = 60_000;
const transferTimeoutMs = 4 * hourLengthMs;
/** Every PostgreSQL has this database; the others cannot be renamed while connected to them. */
const maintenanceDatabase = "postgres";

/** PostgreSQL's own programs for databases, and tar. @throws StackError when one fails */
export const backupPrograms: BackupPrograms = {
  listDatabases,
  dumpDatabase,
  replaceDatabases,
  pack: async (folder, archive) => {
    await tar(["--create", `--file=${archive}`, "--remove-files", `--directory=${folder}`, "."]);
  },
  unpack: async (archive, folder) => {
    await tar(["--extract", `--file=${archive}`, `--directory=${folder}`, "--no-same-owner"]);
  },
};

const tar = (parameters: string[]) => runProgram("tar", parameters, { timeoutMs: transferTimeoutMs });

/** Writes one database, as it is at one moment, to a file in PostgreSQL's custom format. */
async function dumpDatabase(server: DatabaseServer, name: string, file: string): Promise<void> {
  await run(
    server,
    "pg_dump",
    ["--format=custom", "--no-owner", "--no-privileges", `--file=${file}`, `--dbname=${name}`],
    transferTimeoutMs,
  );
}

/**
 * Replaces databases by their dumps. Each dump is first read into a new database beside the old one; then all are swapped in
 * one transaction. Until then the old ones are not touched.
 *
 * @param dumps database name to the file that `dumpDatabase` wrote
 * @throws StackError when a dump cannot be read in; the old databases are then unchanged
 */
async function replaceDatabases(server: DatabaseServer, dumps: ReadonlyMap<string, string>): Promise<void> {
  const names = [...dumps.keys()];
  await dropReplaced(server, names);
  for (const [name, file] of dumps) {
    await query(server, `drop database if exists ${filled(name)} with (force)`);
    await query(server, `create database ${filled(name)}`);
    const parameters = ["--no-owner", "--no-privileges", "--exit-on-error", `--dbname=${filled(name)}`, file];
    await run(server, "pg_restore", parameters, transferTimeoutMs);
  }
  await query(server, renderSwap(names, await listDatabases(server)));
  for (const name of names) await query(server, `drop database if exists ${replaced(name)} with (force)`);
}

const filled = (name: string) => `${name}_restoring`;
const replaced = (name: string) => `${name}_replaced`;

/** All statements in one string run as one transaction. Open sessions are ended, because they would prevent the renaming. */
function renderSwap(names: string[], existing: string[]): string {
  return names
    .flatMap((name) => [
      ...(existing.includes(name)
        ? [
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
            `alter database ${name} rename to ${replaced(name)}`,
          ]
        : []),
      `alter database ${filled(name)} rename to ${name}`,
    ])
    .join("; ");
}

/** Drops what a restore left that ended between its last two steps; else the swap would find the names taken. */
async function dropReplaced(server: DatabaseServer, names: string[]): Promise<void> {
  const existing = await listDatabases(server);
  for (const name of names.filter((name) => existing.includes(name)))
    await query(server, `drop database if exists ${replaced(name)} with (force)`);
}

/** Names of all databases of a server. */
async function listDatabases(server: DatabaseServer): Promise<string[]> {
  return (await query(server, "select datname from pg_database")).split("\n");
}

function query(server: DatabaseServer, statement: string): Promise<string> {
  return run(
    server,
    "psql",
    [
      ...["--no-psqlrc", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"],
      ...[`--dbname=${maintenanceDatabase}`, `--command=${statement}`],
    ],
    queryTimeoutMs,
  );
}

function run(server: DatabaseServer, program: string, parameters: string[], timeoutMs: number) {
  const { host, port, user, password, programs } = server;
  const connection = [`--host=${host}`, `--port=${port}`, `--username=${user}`, "--no-password"];
  return runProgram(
    programs === undefined ? program : path.join(programs, program),
    [...connection, ...parameters],
    {
      timeoutMs,
      environment: {
        PATH: process.env.PATH,
        PGSSLMODE: process.env.PGSSLMODE,
        PGSSLROOTCERT: process.env.PGSSLROOTCERT,
        PGCONNECT_TIMEOUT: "10",
        ...(password !== undefined && { PGPASSWORD: password }),
      },
    },
  );
}
