// npm run restore: restores what npm run backup wrote.
import { statSync } from "node:fs";
import type { StoredKey } from "../shared/access/api-key.ts";
import { restoreBackup } from "../shared/backup/restore-backup.ts";
import { withSource } from "./backup/local-stores.ts";
import { backupPrograms } from "./backup/programs.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";

export const run: CommandRun<"restore"> = async ({ values, operands: [file = ""] }) => {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`Expected the file of a backup but there is no file ${file}`);
  endOnSignals();
  const { manifest, keysLeftOut, expired } = await showStep("Restoring", (onProgress) =>
    withSource(stackFolder, (source) => restoreBackup(file, source, backupPrograms, onProgress), {
      whileItRuns: false,
    }),
  );
  const { created_at, databases, objects } = manifest;
  const restored = {
    created_at,
    databases: databases.map((database) => database.name),
    objects: objects.length - expired,
    expired_objects: expired,
    keys_not_restored: keysLeftOut.map(({ name, id }) => ({ name, id })),
  };
  if (values.json) printJson(restored);
  else
    console.log(`
Restored as of ${created_at}: ${restored.databases.join(" and ")}, ${restored.objects} objects.${expired > 0 ? ` ${expired} were left out: older than INFERENCE_LOG_RETENTION_DAYS.` : ""}
Newer records stayed in the log; the drift job, or npm run drift, sends them to MLflow. Kept photographs are in
no backup: those that are still in their bucket stayed, others are lost.
${describeKeys(keysLeftOut)}`);
};

function describeKeys(leftOut: StoredKey[]): string {
  if (leftOut.length === 0) return "No API key of the backup was left out.";
  const names = leftOut.map(({ name, id }) => `${name} (${id})`).join(", ");
  return `API keys stayed as they are. Not restored, because they were revoked or replaced since, or the keys were lost and
others added: ${names}. npm run keys -- add NAME makes a new one.`;
}
