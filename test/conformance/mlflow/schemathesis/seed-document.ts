import type { OpenApiDocument, Operation } from "../openapi-document.ts";
import type { Seeds } from "./seeds.ts";

type Schema = Record<string, unknown>;

/**
 * A copy of the document in which the ids of a request can only be the seeded ones. Answers are described as before.
 */
export function seedDocument(document: OpenApiDocument, seeds: Seeds): OpenApiDocument {
  const copy = structuredClone(document);
  for (const item of Object.values(copy.paths)) {
    for (const operation of Object.values(item)) seedOperation(operation, copy, seeds);
  }
  return copy;
}

function seedOperation(operation: Operation, document: OpenApiDocument, seeds: Seeds): void {
  for (const parameter of operation.parameters ?? []) {
    parameter.schema = seedField(parameter.name, parameter.schema, operation, seeds);
  }
  const body = operation.requestBody?.content["application/json"]?.schema;
  const properties = body === undefined ? undefined : findProperties(body, document);
  for (const [name, schema] of Object.entries(properties ?? {})) {
    if (properties !== undefined) properties[name] = seedField(name, schema, operation, seeds);
  }
}

/** A body's schema is used by no answer, so that it can be changed in place. */
function findProperties(schema: Schema, document: OpenApiDocument): Record<string, Schema> | undefined {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  const body = name === undefined ? schema : document.components.schemas[name];
  return body?.properties as Record<string, Schema> | undefined;
}

function seedField(name: string, schema: Schema, { operationId }: Operation, seeds: Seeds): Schema {
  const isNewName = (name === "name" || name === "alias") && /^(create|register|rename)/.test(operationId);
  const seed = isNewName ? undefined : seeds[name];
  if (seed !== undefined && schema.type === "string") return { type: "string", enum: [seed] };
  const itemSeed = seeds[name.replace(/s$/, "")];
  if (itemSeed === undefined || schema.type !== "array") return schema;
  return { ...schema, items: { type: "string", enum: [itemSeed] } };
}
