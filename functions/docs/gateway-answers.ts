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

/** An answer of the function after which the caller should wait and try again. */
export const retryLater = (response: ResponseObject): ResponseObject => ({
  ...response,
  headers: {
    "Retry-After": {
      description: "Seconds to wait before the request is sent again; in the service's own response alone",
      schema: { type: "integer" },
    },
  },
});

const describe = (description: string, schema: JsonSchema, example: unknown): ResponseObject => ({
  description,
  content: { "application/json": { schema, example } },
});
