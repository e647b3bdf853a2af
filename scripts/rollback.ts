// npm run rollback: moves a stage or an alias back to the version that had it before.
import { parseArgs } from "node:util";
import { rollBack } from "../shared/serving/promote-version.ts";
import { moveOptions, moveVisibly } from "./registry/move-command.ts";
import { runCommand, UsageError } from "./registry/run-command.ts";

const usage = `Usage: npm run rollback [-- options]

  --stage STAGE   the stage to move back (default: MODEL_STAGE, Production)
  --alias ALIAS   move this alias back instead
  --name NAME     registered model (default: MLFLOW_MODEL_NAME)`;

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: moveOptions,
  });
  if (values.help) return console.log(usage);
  if (positionals.length > 0)
    throw new UsageError(`Expected no version but received ${positionals.join(" ")}`);

  await moveVisibly("Rolling back", values, rollBack);
});
