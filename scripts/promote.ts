// npm run promote -- VERSION: moves a stage or an alias to a version, after trying it.
import { parseArgs } from "node:util";
import { describeWish, wishFrom } from "../shared/registry/resolve-version.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { parseOnePointer } from "./registry/parse-pointer.ts";
import { describeEffect, describeEntry, promoteVersion } from "./registry/promote-version.ts";
import { runCommand, UsageError } from "./registry/run-command.ts";

const usage = `Usage: npm run promote -- VERSION [options]

  VERSION         number of the version: npm run models lists them
  --stage STAGE   the stage to move (default: MODEL_STAGE, Production); what was in it is archived
  --alias ALIAS   move this alias instead
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
  const [version, ...others] = positionals;
  if (values.help) return console.log(usage);
  if (version === undefined || !/^[1-9]\d*$/.test(version) || others.length > 0)
    throw new UsageError(
      `Expected the number of one version but received ${positionals.join(" ") || "nothing"}`,
    );

  const { mlflow, store, model } = connectRegistry();
  const pointer = parseOnePointer(values, model);
  const entry = await showStep(`Promoting version ${version}`, (say) =>
    promoteVersion(version, {
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
