// npm run generate:mlflow: makes the MLflow client's generated files from the pinned MLflow.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import type { CommandRun } from "../cli/run-command.ts";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { describeMlflow } from "./describe-mlflow.ts";

const header = "// Made by `npm run generate:mlflow`; do not edit.\n\n";

export const run: CommandRun<"generate:mlflow"> = async ({ values }) => {
  await writeBoth(path.join(projectRoot, "shared/mlflow/generated"), await describeMlflow());
  if (values.docs)
    await writeBoth(path.join(localFolder, "mlflow-with-comments"), await describeMlflow(true));
};

/** TypeScript declarations of an OpenAPI document. */
export async function renderTypes(document: string): Promise<string> {
  const nodes = await openapiTS(document, { defaultNonNullable: false, alphabetize: false });
  return header + astToString(nodes);
}

async function writeBoth(folder: string, document: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "openapi.json"), document);
  await writeFile(path.join(folder, "schema.d.ts"), await renderTypes(document));
  console.log(`${path.relative(projectRoot, folder)}: openapi.json, schema.d.ts`);
}
