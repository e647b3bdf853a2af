// npm run restore: puts back what npm run backup wrote.
import path from "node:path";
import { withSource } from "./backup/local-stores.ts";
import { restoreBackup } from "./backup/restore-backup.ts";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";

export const run: CommandRun<"restore"> = async ({ values, operands: [name = ""] }) => {
  // Names are those of the folder where npm was called; npm itself changes to this project's.
  const file = path.resolve(process.env.INIT_CWD ?? "", name);
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
Everything is as it was at ${created_at}: ${restored.databases.join(" and ")}, ${objects.length} objects.
Records that are newer stayed in the log; the drift job, or npm run drift, sends them to MLflow.`);
};
