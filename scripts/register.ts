// npm run register -- FILE: registers a model file as the next version, after trying it.

import { checkReferenceWindow } from "../shared/drift-reference/check-reference-window.ts";
import { ServiceError } from "../shared/errors/service-error.ts";
import { renderSources } from "../shared/model-versions/describe-contract.ts";
import { type RegisteredVersion, registerModel } from "../shared/model-versions/register-model.ts";
import { describePointer, type Pointer } from "../shared/registry/pointers/pointer.ts";
import { findSameWeights } from "../shared/registry/version-files/find-same-weights.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { expectAnswer } from "./registry/expect-answer.ts";
import { parsePointers } from "./registry/parse-pointer.ts";

export const run: CommandRun<"register"> = async ({ values, operands: [file = ""] }) => {
  const pointers = parsePointers(values);

  const connection = connectRegistry();
  const { mlflow, store, model, service } = connection;
  const interruption = new AbortController();
  const registering = showStep(
    `Registering ${file} in ${mlflow.trackingUri}`,
    async (say) => {
      await expectAnswer(connection, say);
      return registerModel(file, {
        mlflow,
        store,
        name: values.name ?? model.modelName,
        ...service,
        engine: model.engine,
        contractFile: values.contract,
        referenceWindowFile: values["reference-window"],
        checkReferenceWindow,
        pointers,
        onProgress: say,
        signal: interruption.signal,
      });
    },
    { summarize: ({ name, version }) => `${name} version ${version}` },
  );
  endOnSignals((signal) => {
    interruption.abort(new ServiceError("interrupted", `Interrupted (${signal})`));
    return registering;
  });
  const registered = await registering;
  if (values.json) return printJson(describeRegistered(registered, pointers));
  const { name, version, prepared } = registered;
  console.log(`It answers on ${prepared.engine}: ${prepared.contract.labels.join(", ")}`);
  console.log("\nIts contract, and where each part of it came from:");
  for (const line of renderSources(prepared)) console.log(`  ${line}`);
  const same = await findSameWeights(mlflow, name, version);
  if (same.length > 0)
    console.log(`\nIts weights are also those of ${same.map((other) => `version ${other}`).join(", ")}.`);
  if (pointers.length > 0) return;
  const nameOption = name === model.modelName ? "" : ` --name "${name}"`;
  console.log(`\nLet it serve: npm run promote -- ${version}${nameOption}`);
};

/** Renders the answer of `--json`, with the field names of the service's other documents. */
function describeRegistered(
  { name, version, runId, modelId, prepared }: RegisteredVersion,
  pointers: readonly Pointer[],
): object {
  const { engine, contract, contractBy } = prepared;
  const names = { name, version, run_id: runId, model_id: modelId };
  return { ...names, engine, contract, contract_by: contractBy, pointers: pointers.map(describePointer) };
}
