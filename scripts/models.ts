// npm run models: the versions of the registered model, which one serves, and whether each can be served.
import { parseArgs } from "node:util";
import { StorageError } from "../shared/aws/storage-error.ts";
import { describeWish, wishFrom } from "../shared/registry/resolve-version.ts";
import { type ListedVersion, listModels, renderModels } from "../shared/serving/list-models.ts";
import { readServiceState } from "../shared/serving/service-state.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry, type RegistryConnection } from "./registry/connect-registry.ts";
import { describeServing, findServingVersion } from "./registry/describe-serving.ts";
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

  const connection = connectRegistry();
  const { mlflow, store, model } = connection;
  const name = values.name ?? model.modelName;
  const wish = wishFrom(model);
  const versions = await showStep(`Trying the versions of ${name}`, async (say) => {
    const tried: ListedVersion[] = [];
    for await (const version of listModels({ mlflow, store, name, engine: model.engine, wish, limit })) {
      tried.push(version);
      say(`version ${version.version}`);
    }
    return tried;
  });
  if (versions.length === 0) {
    console.log(
      `${mlflow.trackingUri} has no version of ${name}. Register one with: npm run register -- FILE`,
    );
    return;
  }
  const { serving, report } = await readReport(connection, name);
  console.log(`\n${name} in ${mlflow.trackingUri}; wanted: ${describeWish(wish)}\n`);
  console.log(`${renderModels(versions, serving)}\n\n${report}`);
});

/** What serves is known to predict alone, which leaves it in S3. */
async function readReport(
  { store, storage: { bucket, prefix } }: RegistryConnection,
  name: string,
): Promise<{ serving?: string | undefined; report: string }> {
  if (bucket === undefined) return { report: "Set INFERENCE_LOG_BUCKET to see which version serves." };
  try {
    const state = await readServiceState({ store, bucket, prefix });
    return { serving: findServingVersion(state, name), report: describeServing(state) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { report: `Which version serves is not known: ${error.message}` };
  }
}
