import { type Backup, createBackup } from "../../shared/backup/create-backup.ts";
import { withSource } from "./local-stores.ts";
import { backupPrograms } from "./programs.ts";
import type { BackupScheduleSettings } from "./settings.ts";

/** Backs up what BACKUP_DATABASE_URL names, else the stack in a folder, whether it runs or not. */
export function backUpLocally(
  stackDirectory: string,
  { directory, keep }: Pick<BackupScheduleSettings, "directory" | "keep">,
  onProgress?: (message: string) => void,
): Promise<Backup> {
  return withSource(
    stackDirectory,
    (source) =>
      createBackup({ source, programs: backupPrograms, directory, keep, ...(onProgress && { onProgress }) }),
    { whileItRuns: true },
  );
}
