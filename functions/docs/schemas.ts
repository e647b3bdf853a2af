import * as z from "zod";
import { dashboardSchema } from "../../shared/schemas/dashboard.ts";
import { healthSchema } from "../../shared/schemas/health.ts";
import { labelAnswerSchema } from "../../shared/schemas/label.ts";
import { metricsSchema } from "../../shared/schemas/metrics.ts";
import { errorBodySchema, predictionSchema } from "../../shared/schemas/prediction.ts";
import { serviceDescriptionSchema } from "../../shared/schemas/service-description.ts";
import { uploadSchema } from "../../shared/schemas/upload.ts";
import type { JsonSchema } from "./openapi-document.ts";

/** The service's responses by their names in the document: the schemas that validate are also the schemas that document. */
export const answerSchemas = {
  Prediction: predictionSchema,
  Upload: uploadSchema,
  Label: labelAnswerSchema,
  Error: errorBodySchema,
  Health: healthSchema,
  Metrics: metricsSchema,
  Dashboard: dashboardSchema,
  ServiceDescription: serviceDescriptionSchema,
};
export type SchemaName = keyof typeof answerSchemas;

const addressOf = (name: string): string => `#/components/schemas/${name}`;

export const refer = (name: SchemaName): JsonSchema => ({ $ref: addressOf(name) });

/** Renders the schema of a request's body; it stands in the route itself, not among the named schemas. */
export function renderRequestSchema(schema: z.ZodType): JsonSchema {
  const { $schema, ...rendered } = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" });
  return rendered as JsonSchema;
}

/** Renders the schemas of responses as JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export function renderSchemas(): Record<string, JsonSchema> {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(answerSchemas)) named.add(schema, { id });
  const { schemas } = z.toJSONSchema(named, { uri: addressOf, io: "output", target: "draft-2020-12" });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, id, ...schema }]) => [name, schema as JsonSchema]),
  );
}
