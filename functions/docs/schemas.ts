import * as z from "zod";
import { dashboardSchema } from "../../shared/schemas/dashboard.ts";
import { healthSchema } from "../../shared/schemas/health.ts";
import { labelAnswerSchema } from "../../shared/schemas/label.ts";
import { metricsSchema } from "../../shared/schemas/metrics.ts";
import { errorBodySchema, predictionSchema } from "../../shared/schemas/prediction.ts";
import { serviceDescriptionSchema } from "../../shared/schemas/service-description.ts";
import { uploadSchema } from "../../shared/schemas/upload.ts";
import type { JsonSchema } from "./openapi-document.ts";

/**
 * What the service answers, under the names the document gives it: the schemas that validate are the schemas
 * that document.
 */
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

/** What a request may bring, in place. */
export function renderRequestSchema(schema: z.ZodType): JsonSchema {
  const { $schema, ...rendered } = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" });
  return rendered as JsonSchema;
}

/** The answers' schemas as JSON Schema 2020-12, which is OpenAPI 3.1's. */
export function renderSchemas(): Record<string, JsonSchema> {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(answerSchemas)) named.add(schema, { id });
  const { schemas } = z.toJSONSchema(named, { uri: addressOf, io: "output", target: "draft-2020-12" });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, id, ...schema }]) => [name, schema as JsonSchema]),
  );
}
