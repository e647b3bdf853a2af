// npm run generate:mlflow: makes the MLflow client's generated files from the pinned MLflow.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CommandRun } from "../cli/run-command.ts";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { describeMlflow } from "./describe-mlflow.ts";
import { renderTypes } from "./render-types.ts";

export const run: CommandRun<"generate:mlflow"> = async ({ values }) => {
  await writeBoth(path.join(projectRoot, "shared/mlflow/generated"), await describeMlflow());
  if (values.docs)
    await writeBoth(path.join(localFolder, "mlflow-with-comments"), await describeMlflow(true));
};

async function writeBoth(folder: string, document: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "openapi.json"), document);
  await writeFile(path.join(folder, "schema.d.ts"), await renderTypes(document));
  console.log(`${path.relative(projectRoot, folder)}: openapi.json, schema.d.ts`);
}
