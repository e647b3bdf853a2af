import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { OpenApiDocument } from "./openapi-document.ts";

const documentId = "mlflow";

/** Says what is wrong with a value by one of the document's schemas; nothing when it fits. */
export type SchemaChecker = (schema: Record<string, unknown>, value: unknown) => string | undefined;

/**
 * Checks values by the document's schemas, more strictly than the document itself: a field that it does not name is
 * wrong too, so that nothing the server says stays undescribed.
 */
export function createSchemaChecker(document: OpenApiDocument): SchemaChecker {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats });
  ajv.addSchema({ $id: documentId, components: refuseUnknownFields(document.components) });
  const validators = new Map<string, ValidateFunction>();
  return (schema, value) => {
    const key = JSON.stringify(schema);
    const validate = validators.get(key) ?? ajv.compile(pointIntoDocument(refuseUnknownFields(schema)));
    validators.set(key, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "value" });
  };
}

const formats = {
  int32: {
    type: "number",
    validate: (value: number) => Number.isInteger(value) && Math.abs(value) <= 2 ** 31,
  },
  int64: { type: "number", validate: (value: number) => Number.isInteger(value) },
  double: { type: "number", validate: () => true },
  "date-time": (value: string) => !Number.isNaN(Date.parse(value)),
} as const;

function pointIntoDocument<Value>(schema: Value): Value {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${documentId}#/`)) as Value;
}

function refuseUnknownFields<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(refuseUnknownFields) as Value;
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, refuseUnknownFields(part)]),
  );
  const isClosedObject = copy.type === "object" && !("additionalProperties" in copy);
  return (isClosedObject ? { ...copy, additionalProperties: false } : copy) as Value;
}
