// npm run rollback: moves a stage or an alias back to the version that had it before.
import { parseArgs } from "node:util";
import { describeWish, wishFrom } from "../shared/registry/resolve-version.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { parseOnePointer } from "./registry/parse-pointer.ts";
import { describeEffect, describeEntry, rollBack } from "./registry/promote-version.ts";
import { runCommand, UsageError } from "./registry/run-command.ts";

const usage = `Usage: npm run rollback [-- options]

  --stage STAGE   the stage to move back (default: MODEL_STAGE, Production)
  --alias ALIAS   move this alias back instead
  --name NAME     registered model (default: MLFLOW_MODEL_NAME)`;

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: "string" },
      alias: { type: "string" },
      name: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(usage);
  if (positionals.length > 0)
    throw new UsageError(`Expected no version but received ${positionals.join(" ")}`);

  const { mlflow, store, model } = connectRegistry();
  const pointer = parseOnePointer(values, model);
  const entry = await showStep("Rolling back", (say) =>
    rollBack({
      mlflow,
      store,
      name: values.name ?? model.modelName,
      engine: model.engine,
      pointer,
      onProgress: say,
    }),
  );
  console.log(describeEntry(entry));
  console.log(describeEffect(entry, describeWish(wishFrom(model)), model.refreshSeconds));
});
