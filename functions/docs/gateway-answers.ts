import type { JsonSchema, ResponseObject } from "./openapi-document.ts";
import { refer, type SchemaName } from "./schemas.ts";

const messageSchema: JsonSchema = { type: "object", properties: { message: { type: "string" } } };

/** A response that API Gateway gives by itself, without asking a function. */
export const gatewayAnswer = (description: string, message: string): ResponseObject =>
  describe(description, messageSchema, { message });

/** A response that API Gateway gives in some cases and the function, in its own form, in others. */
export const eitherAnswer = (
  description: string,
  example: unknown,
  name: SchemaName = "Error",
): ResponseObject => describe(description, { anyOf: [refer(name), messageSchema] }, example);

const describe = (description: string, schema: JsonSchema, example: unknown): ResponseObject => ({
  description,
  content: { "application/json": { schema, example } },
});
