import type { JsonSchema } from "./openapi-document.ts";

/** One field of an answer, as a table shows it. */
export interface SchemaField {
  /** Dotted path from the root; `*` stands for any name, `[]` for any item. */
  path: string;
  type: string;
  isRequired: boolean;
  description: string;
}

type Schemas = Record<string, JsonSchema>;

/** Lists all fields of a schema, outer ones before inner ones. */
export function describeFields(schema: JsonSchema, schemas: Schemas): SchemaField[] {
  return describeInner(schema, schemas, "");
}

function describeInner(schema: JsonSchema, schemas: Schemas, path: string): SchemaField[] {
  const { properties = {}, required = [], additionalProperties, items } = unfold(schema, schemas);
  const inner: [name: string, schema: JsonSchema, isRequired: boolean][] = Object.entries(properties).map(
    ([name, property]) => [name, property, required.includes(name)],
  );
  if (typeof additionalProperties === "object" && Object.keys(additionalProperties).length > 0) {
    inner.push(["*", additionalProperties, false]);
  }
  if (items !== undefined && hasFields(items, schemas)) inner.push(["[]", items, true]);

  return inner.flatMap(([name, property, isRequired]) => {
    const innerPath = path === "" ? name : `${path}.${name}`;
    const { description = "" } = resolve(property, schemas);
    const field = { path: innerPath, type: describeType(property, schemas), isRequired, description };
    return [field, ...describeInner(property, schemas, innerPath)];
  });
}

/** Describes a schema's type, e.g. `number 0..100`, `"onnx" or "tensorflow"`, `object or null`. */
export function describeType(schema: JsonSchema, schemas: Schemas): string {
  const resolved = resolve(schema, schemas);
  if (resolved.anyOf !== undefined)
    return resolved.anyOf.map((one) => describeType(one, schemas)).join(" or ");
  if (resolved.const !== undefined) return JSON.stringify(resolved.const);
  if (resolved.enum !== undefined) return resolved.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (resolved.items !== undefined) return `list of ${describeType(resolved.items, schemas)}`;
  const type = [resolved.type ?? "anything"].flat().join(" or ");
  const words = resolved.format === undefined ? type : `${type} (${resolved.format})`;
  return `${words}${describeRange(resolved)}`;
}

function describeRange({ minimum, maximum }: JsonSchema): string {
  const isBounded = (bound: number | undefined) =>
    bound !== undefined && Number.isSafeInteger(bound) && Math.abs(bound) < 2 ** 50;
  if (isBounded(minimum) && isBounded(maximum)) return ` ${minimum}..${maximum}`;
  return isBounded(minimum) ? ` ≥ ${minimum}` : "";
}

const hasFields = (schema: JsonSchema, schemas: Schemas): boolean =>
  describeInner(schema, schemas, "").length > 0;

function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (schemas[name] ?? schema);
}

/** Resolves a schema's reference; for a schema that may be null, returns what it is otherwise. */
function unfold(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const resolved = resolve(schema, schemas);
  const other = resolved.anyOf?.find(({ type }) => type !== "null");
  return other === undefined ? resolved : unfold(other, schemas);
}
