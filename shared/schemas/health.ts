import * as z from "zod";
import { challengerStateSchema } from "./challenger-state.ts";
import { servingModelSchema } from "./model.ts";

export const healthStatuses = ["healthy", "degraded", "unhealthy"] as const;

const dependencySchema = z.object({
  status: z
    .enum(["reachable", "unreachable", "off"])
    .describe("Whether it answered within its time limit; off: no setting asks for it"),
  response_time_ms: z
    .number()
    .nonnegative()
    .nullable()
    .describe("Null when it was not asked or did not answer"),
  detail: z.string().optional().describe("Why it counts as unreachable or off"),
  checked_at: z.iso.datetime().describe("When it was asked; an answer is kept for a few seconds"),
});
export type Dependency = z.infer<typeof dependencySchema>;

/** The model as the predict function last reported it; other functions cannot see into its environments. */
const reportedModelSchema = servingModelSchema.extend({
  contract_by: z
    .record(z.string(), z.string())
    .describe(
      "Where each field of the model's contract came from: labels, input, preprocessing, temperature. `ignored` names entries of MLmodel's metadata that declare nothing here",
    ),
  assumed: z
    .array(z.string())
    .describe(
      "Fields of the contract that the version does not declare; the service's defaults apply to them",
    ),
  session_name: z.string().describe("The session that reported it: name of its run in MLflow"),
});

/** Response body of `GET /health`. */
export const healthSchema = z.object({
  status: z
    .enum(healthStatuses)
    .describe(
      "healthy: all well. degraded: predictions are answered as far as predict has reported, but see problems. unhealthy (HTTP 503): no model could be loaded",
    ),
  model_loaded: z.boolean().describe("Whether predict reported a loaded model"),
  version: z.string().describe("Version of this service"),
  environment: z.string(),
  problems: z.array(z.string()).describe("What is not as it should be, in words; empty when healthy"),
  model: reportedModelSchema.nullable().describe("Null when predict reported none, or has not reported yet"),
  reported_at: z.iso
    .datetime()
    .nullable()
    .describe(
      "When predict last reported what it serves, about every five minutes; older than 15 minutes: degraded. Null before the first report",
    ),
  challenger: challengerStateSchema
    .nullable()
    .describe("The version that is tried beside it; null when there is none. Its failures concern no caller"),
  dependencies: z.object({ mlflow: dependencySchema, s3: dependencySchema }),
  tracking: z
    .object({
      enabled: z.boolean().describe("Whether MLflow is written (ENABLE_MLFLOW_TRACKING)"),
      session_name: z.string().describe("Session of the environment that answers"),
      pending_records: z.int().nonnegative().describe("Records of that session not in S3 or MLflow yet"),
      dropped_records: z.int().nonnegative().describe("Records of that session given up"),
    })
    .describe("How far the environment that answers has come with its own records"),
  checked_at: z.iso.datetime(),
});
export type Health = z.infer<typeof healthSchema>;
