// npm run models: lists the versions of the registered model, which one serves, and whether each can be served.
import { openStorage } from "../shared/aws/open-storage.ts";
import { StorageError } from "../shared/aws/storage-error.ts";
import { type ListedVersion, listModels } from "../shared/model-versions/list-models.ts";
import { describeWish, wishFrom } from "../shared/registry/resolve-version.ts";
import { readServiceState } from "../shared/serving/service-state.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { type CommandRun, exitCodes, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry, type RegistryConnection } from "./registry/connect-registry.ts";
import { describeMissingModel } from "./registry/describe-missing-model.ts";
import { describeServing, findServingVersion } from "./registry/describe-serving.ts";
import { expectAnswer } from "./registry/expect-answer.ts";
import { renderModels } from "./registry/render-models.ts";

export const run: CommandRun<"models"> = async ({ values }) => {
  const { limit } = values;
  endOnSignals();
  const connection = connectRegistry();
  const { mlflow, store, model } = connection;
  const name = values.name ?? model.modelName;
  const wish = wishFrom(model);
  const versions = await showStep(`Trying the versions of ${name}`, async (say) => {
    await expectAnswer(connection, say);
    const tried: ListedVersion[] = [];
    for await (const version of listModels({ mlflow, store, name, engine: model.engine, wish, limit })) {
      tried.push(version);
      say(`version ${version.version}`);
    }
    return tried;
  });
  const wanted = versions.find((version) => version.wanted);
  if (wanted === undefined || "problem" in wanted.trial) process.exitCode = exitCodes.model;
  const { serving, report } = await readReport(connection, name);
  if (values.json) {
    const registry = { name, tracking_uri: mlflow.trackingUri, wanted: describeWish(wish) };
    return printJson({ ...registry, serving: serving ?? null, report, versions: versions.map(toJson) });
  }
  if (versions.length === 0) {
    console.log(await describeMissingModel(mlflow, name));
    return;
  }
  console.log(`\n${name} in ${mlflow.trackingUri}; wanted: ${describeWish(wish)}\n`);
  console.log(`${renderModels(versions, serving)}\n\n${report}`);
  if (versions.length >= limit && versions.at(-1)?.version !== "1")
    console.log(`Older versions are not listed: npm run models -- --limit ${10 * limit} lists more.`);
  if (wanted === undefined)
    console.log(`The settings ask for ${describeWish(wish)}, but ${name} has no such version.`);
};

function toJson({ createdMs, trial, ...version }: ListedVersion) {
  const created = new Date(createdMs).toISOString();
  if ("problem" in trial) return { ...version, created, servable: false, problem: trial.problem };
  const { contractBy, ...served } = trial;
  return { ...version, created, servable: true, ...served, contract_by: contractBy };
}

/** Only predict knows what serves; it writes that to S3. */
async function readReport(
  { storage }: RegistryConnection,
  name: string,
): Promise<{ serving?: string | undefined; report: string }> {
  const { location } = openStorage(storage);
  if (location === undefined) return { report: "Set INFERENCE_LOG_BUCKET to see which version serves." };
  try {
    const state = await readServiceState(location);
    return { serving: findServingVersion(state, name), report: describeServing(state) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { report: `Which version serves is not known: ${error.message}` };
  }
}
