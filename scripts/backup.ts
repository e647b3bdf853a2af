// npm run backup: MLflow's databases and artifacts and the inference log, to one file.

import { type Backup, findNewestBackupMs } from "../shared/backup/create-backup.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { backUpLocally } from "./backup/back-up-locally.ts";
import { type BackupScheduleSettings, backupScheduleSettings } from "./backup/settings.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";
import { runSchedule } from "./stack/processes/run-schedule.ts";

export const run: CommandRun<"backup"> = async ({ values }) => {
  const { schedule } = loadSettings({ schedule: backupScheduleSettings });
  if (values.scheduled) return backUpForEver(schedule);
  const backup = await backUp(schedule);
  if (values.json) printJson({ file: backup.file, ...summarize(backup) });
  else console.log(`\n${describe(backup)}\nRestore it with: npm run restore -- "${backup.file}"`);
};

const backUp = (settings: BackupScheduleSettings): Promise<Backup> =>
  showStep("Backing up", (onProgress) => backUpLocally(stackFolder, settings, onProgress));

async function backUpForEver(schedule: BackupScheduleSettings): Promise<void> {
  if (schedule.everyHours === 0)
    throw new UsageError("Expected BACKUP_EVERY_HOURS, such as 24, with --scheduled but it is not set");
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  await runSchedule({
    everyHours: schedule.everyHours,
    lastMs: await findNewestBackupMs(schedule.directory),
    work: async () => console.log(describe(await backUp(schedule))),
    onFailure: (error) => console.error(error instanceof Error ? error.message : error),
    signal: stop.signal,
  });
}

function summarize({ manifest: { created_at, databases, objects } }: Backup) {
  return {
    created_at,
    databases: databases.map(({ name }) => name),
    objects: objects.length,
    object_bytes: objects.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
  };
}

function describe(backup: Backup): string {
  const { created_at, databases, objects, object_bytes } = summarize(backup);
  const absent = backup.absentDatabases.map((name) => ` (the server has no ${name})`).join("");
  return `${backup.file}: ${databases.join(" and ")}${absent} as of ${created_at}, ${objects} objects of ${(object_bytes / 1e6).toFixed(1)} MB`;
}
