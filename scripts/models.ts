// npm run models: the versions of the registered model, which one serves, and whether each can be served.
import { parseArgs } from "node:util";
import { describeWish, wishFrom } from "../shared/registry/resolve-version.ts";
import { connectRegistry } from "./registry/connect-registry.ts";
import { type ListedVersion, listModels, renderModels } from "./registry/list-models.ts";
import { runCommand, UsageError } from "./registry/run-command.ts";

const usage = `Usage: npm run models [-- options]

  --limit COUNT   how many versions, the newest first (default: 10); each is tried
  --name NAME     registered model (default: MLFLOW_MODEL_NAME)`;

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      limit: { type: "string", default: "10" },
      name: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const limit = Number(values.limit);
  if (values.help) return console.log(usage);
  if (positionals.length > 0 || !Number.isInteger(limit) || limit < 1)
    throw new UsageError(
      `Expected a COUNT of at least 1 but received ${values.limit} ${positionals.join(" ")}`,
    );

  const { mlflow, store, model } = connectRegistry();
  const name = values.name ?? model.modelName;
  const wish = wishFrom(model);
  const versions: ListedVersion[] = [];
  for await (const version of listModels({ mlflow, store, name, engine: model.engine, wish, limit })) {
    versions.push(version);
    console.error(`Tried version ${version.version}`);
  }
  if (versions.length === 0) {
    console.log(
      `${mlflow.trackingUri} has no version of ${name}. Register one with: npm run register -- FILE`,
    );
    return;
  }
  console.log(`\n${name} in ${mlflow.trackingUri}; * serves (${describeWish(wish)})\n`);
  console.log(renderModels(versions));
});
