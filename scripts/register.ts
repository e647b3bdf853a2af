// npm run register -- FILE: registers a model file as the next version, after trying it.
import path from "node:path";
import { parseArgs } from "node:util";
import { registerModel } from "../shared/serving/register-model.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { parsePointers } from "./registry/parse-pointer.ts";
import { runCommand, UsageError } from "./registry/run-command.ts";

const usage = `Usage: npm run register -- FILE [options]

  FILE                      a .keras, .h5 or .onnx file, or the folder of a TensorFlow SavedModel
  --contract FILE           its model-contract.json (default: the one beside FILE, if there is one)
  --reference-window FILE   the reference window for drift
  --name NAME               registered model (default: MLFLOW_MODEL_NAME)
  --stage STAGE             move this stage to the new version: Production, Staging
  --alias ALIAS             move this alias to the new version`;

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      contract: { type: "string" },
      "reference-window": { type: "string" },
      name: { type: "string" },
      stage: { type: "string" },
      alias: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [file, ...others] = positionals;
  if (values.help) return console.log(usage);
  if (file === undefined || others.length > 0)
    throw new UsageError(`Expected one FILE but received ${positionals.length}`);
  const pointers = parsePointers(values);

  const { mlflow, store, model, service } = connectRegistry();
  const { name, version, prepared } = await showStep(
    `Registering ${file}`,
    (say) =>
      registerModel(locate(file), {
        mlflow,
        store,
        name: values.name ?? model.modelName,
        experimentName: service.experimentName,
        engine: model.engine,
        contractFile: locate(values.contract),
        referenceWindowFile: locate(values["reference-window"]),
        pointers,
        onProgress: say,
      }),
    { summarize: (registered) => `${registered.name} version ${registered.version}` },
  );
  console.log(`It answers on ${prepared.engine}: ${prepared.contract.labels.join(", ")}`);
  console.log("\nIts contract, and where each part of it came from:");
  for (const [field, place] of Object.entries(prepared.contractBy)) console.log(`  ${field}: ${place}`);
  if (pointers.length === 0)
    console.log(`\nLet it serve with: npm run promote -- ${version}${nameOption(name)}`);

  function nameOption(name: string): string {
    return name === model.modelName ? "" : ` --name "${name}"`;
  }
});

/** Names are those of the folder where npm was called; npm itself changes to this project's. */
function locate(file: string): string;
function locate(file: string | undefined): string | undefined;
function locate(file: string | undefined): string | undefined {
  return file === undefined ? undefined : path.resolve(process.env.INIT_CWD ?? "", file);
}
