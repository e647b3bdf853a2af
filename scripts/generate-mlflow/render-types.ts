import openapiTS, { astToString } from "openapi-typescript";

const header = "// Made by `npm run generate:mlflow`; do not edit.\n\n";

/** TypeScript declarations of an OpenAPI document. */
export async function renderTypes(document: string): Promise<string> {
  const nodes = await openapiTS(document, { defaultNonNullable: false, alphabetize: false });
  return header + astToString(nodes);
}
