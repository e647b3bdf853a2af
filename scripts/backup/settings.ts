import os from "node:os";
import path from "node:path";
import * as z from "zod";
import { parseS3Address } from "../../shared/aws/s3-address.ts";
import { numberBetween, optionalNumberBetween, wholeNumberBetween } from "../../shared/settings/types.ts";
import { localFolder } from "../stack/paths.ts";

/** When backups are made, where they are kept, and how many. */
export const backupScheduleSettings = z
  .object({
    BACKUP_DIRECTORY: z.string().default(path.join(localFolder, "backups")),
    /** 0: only on request. */
    BACKUP_EVERY_HOURS: numberBetween(0, 720, 0),
    BACKUP_KEEP: wholeNumberBetween(1, 10_000, 7),
  })
  .transform((v) => ({
    directory: path.resolve(v.BACKUP_DIRECTORY.replace(/^~(?=\/)/, os.homedir())),
    everyHours: v.BACKUP_EVERY_HOURS,
    keep: v.BACKUP_KEEP,
  }));
export type BackupScheduleSettings = z.output<typeof backupScheduleSettings>;

const postgresAddress = z
  .string("Expected the address of MLflow's PostgreSQL, such as postgresql://mlflow@postgres:5432")
  .refine(
    (text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ""),
    "Expected an address that starts with postgresql://",
  );

/** Where MLflow keeps its accounts on the local stack; elsewhere they may be in the database of everything else. */
const accountsDatabase = "mlflow_auth";

/** The servers that hold what is backed up. A password may be in the address or in PGPASSWORD. */
export const backupSourceSettings = z
  .object({
    BACKUP_DATABASE_URL: postgresAddress,
    BACKUP_DATABASES: z
      .string()
      .regex(/^[a-z_][a-z0-9_]*(,[a-z_][a-z0-9_]*)*$/, "Expected names of databases, separated by commas")
      .optional(),
    PGPASSWORD: z.string().optional(),
    POSTGRES_PROGRAMS: z.string().optional(),
    MLFLOW_DEFAULT_ARTIFACT_ROOT: z
      .string("Expected the s3:// address of MLflow's artifacts")
      .refine((text) => parseS3Address(text) !== undefined, "Expected an address that starts with s3://"),
    INFERENCE_LOG_BUCKET: z.string("Expected the bucket of the inference log"),
    INFERENCE_LOG_RETENTION_DAYS: optionalNumberBetween(1, 36_500),
  })
  .transform((v) => ({
    database: parseDatabase(v.BACKUP_DATABASE_URL, v.PGPASSWORD),
    databases: v.BACKUP_DATABASES?.split(",") ?? ["mlflow", accountsDatabase],
    // One that somebody has named must exist.
    optionalDatabases: v.BACKUP_DATABASES === undefined ? [accountsDatabase] : [],
    postgresPrograms: v.POSTGRES_PROGRAMS,
    artifactRoot: v.MLFLOW_DEFAULT_ARTIFACT_ROOT,
    recordRetentionDays: v.INFERENCE_LOG_RETENTION_DAYS,
  }));

function parseDatabase(address: string, password: string | undefined) {
  const url = new URL(address);
  return {
    host: url.hostname,
    port: url.port || "5432",
    user: decodeURIComponent(url.username) || "mlflow",
    password: url.password === "" ? password : decodeURIComponent(url.password),
  };
}
