// npm run restore: restores what npm run backup wrote.
import { statSync } from "node:fs";
import { withSource } from "./backup/local-stores.ts";
import { restoreBackup } from "./backup/restore-backup.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";

export const run: CommandRun<"restore"> = async ({ values, operands: [file = ""] }) => {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`Expected the file of a backup but there is no file ${file}`);
  endOnSignals();
  const { created_at, databases, objects } = await showStep("Restoring", (onProgress) =>
    withSource(stackFolder, (source) => restoreBackup(file, source, onProgress), { whileItRuns: false }),
  );
  const restored = {
    created_at,
    databases: databases.map((database) => database.name),
    objects: objects.length,
  };
  if (values.json) printJson(restored);
  else
    console.log(`
Restored as of ${created_at}: ${restored.databases.join(" and ")}, ${objects.length} objects.
Newer records stayed in the log; the drift job, or npm run drift, sends them to MLflow. API keys are those of now,
or those of the backup where there were none.
Kept photographs are in no backup: those that are still in their bucket stayed, others are lost.`);
};
