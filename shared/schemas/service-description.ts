import * as z from "zod";

/** Response body of `GET /`, except to browsers. */
export const serviceDescriptionSchema = z.object({
  name: z.string(),
  description: z.string(),
  version: z.string().describe("Version of this service"),
  supported_formats: z.array(z.string()).describe("Formats a photograph may have"),
  diseases: z
    .array(z.string())
    .optional()
    .describe(
      "Classes that photographs are classified into, unless the version that serves brings its own; absent for a model that is not called eye-disease-model (MLFLOW_MODEL_NAME)",
    ),
});
export type ServiceDescription = z.infer<typeof serviceDescriptionSchema>;
