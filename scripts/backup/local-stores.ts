import path from "node:path";
import type { BackupSource } from "../../shared/backup/backup-source.ts";
import { chooseStackPorts } from "../stack/ports.ts";
import { findOwner, takeOwnership } from "../stack/processes/owner.ts";
import { ensurePythonEnvironment } from "../stack/python-environment.ts";
import { findClientEnvironment } from "../stack/running-stack.ts";
import { loadSecrets } from "../stack/secrets.ts";
import { createServices } from "../stack/servers/stack-services.ts";
import { endLeftovers } from "../stack/stack.ts";
import { createAddresses, createClientEnvironment } from "../stack/stack-environment.ts";
import { StackError } from "../stack/stack-error.ts";
import { openSource } from "./source.ts";

/** Works on what BACKUP_DATABASE_URL names, else on the local stack in a folder, whether it runs or not. */
export async function withSource<T>(
  directory: string,
  work: (source: BackupSource) => Promise<T>,
  { whileItRuns }: { whileItRuns: boolean },
): Promise<T> {
  if (process.env.BACKUP_DATABASE_URL) return work(openSource(process.env));
  if (findOwner(directory) === undefined) return withStores(directory, work);
  if (!whileItRuns)
    throw new StackError(
      "The local stack is running and would write to what is restored. Stop it first: npm stop",
    );
  const { postgresPrograms } = await ensurePythonEnvironment();
  const { BACKUP_DATABASE_URL, ...client } = findClientEnvironment(directory) ?? {};
  // The AWS SDK reads its keys from this process's environment.
  Object.assign(process.env, client);
  return work(openSource({ ...process.env, BACKUP_DATABASE_URL, POSTGRES_PROGRAMS: postgresPrograms }));
}

/** Starts PostgreSQL and S3 of a stopped stack for as long as the work takes; creates them if they do not exist. */
export async function withStores<T>(folder: string, work: (source: BackupSource) => Promise<T>): Promise<T> {
  const directory = path.resolve(folder);
  const programs = await ensurePythonEnvironment();
  const release = await takeOwnership(directory);
  try {
    await endLeftovers(directory);
    const ports = await chooseStackPorts({});
    const secrets = loadSecrets(directory);
    const addresses = createAddresses(ports, secrets);
    const services = await createServices({ directory, ports, secrets, addresses, programs, auth: false });
    try {
      await services.postgres.start();
      await services.s3.start();
      Object.assign(process.env, createClientEnvironment(addresses, secrets));
      return await work(
        openSource({
          ...process.env,
          BACKUP_DATABASE_URL: addresses.postgresUrl,
          POSTGRES_PROGRAMS: programs.postgresPrograms,
        }),
      );
    } finally {
      await services.s3.stop();
      await services.postgres.stop();
    }
  } finally {
    release();
  }
}
