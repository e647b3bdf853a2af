import * as z from "zod";

const count = z.int().nonnegative();
const ratio = z.number().min(0).max(1);
const percent = z.number().min(0).max(100);
const durationMs = z.number().nonnegative();

/**
 * Response body of `GET /metrics`. Besides the fields named here it has `class_dist_<class>` and
 * `recent_class_ratio_<class>` for each class that was predicted, and `recent_decision_ratio_<decision>` once there
 * were decisions: shares, 0..1.
 */
export const metricsSchema = z
  .object({
    uptime_seconds: z
      .number()
      .nonnegative()
      .describe("Seconds since the environment that answers started; locally since the server started"),
    total_requests: count.describe(
      "Predictions, failed requests and health checks of the whole service since its log began; never goes down",
    ),
    total_predictions: count.describe("Predictions since the log began"),
    total_errors: count.describe("Failed requests since the log began"),
    window_decisions_confident: count.describe("Answers of the window that can be relied on"),
    window_decisions_uncertain: count.describe("Answers of the window in which the model is not sure"),
    window_decisions_ungradable: count.describe(
      "Photographs of the window that cannot be graded, answered or refused",
    ),
    average_response_time_ms: durationMs
      .nullable()
      .describe(
        "Mean over the window's predictions and failed requests; for a prediction the time in the model. Null without any",
      ),
    requests_per_second: z
      .number()
      .nonnegative()
      .describe("Predictions and failed requests of the window over the seconds since the first of them"),
    error_rate: percent.describe(
      "Failed requests in percent of predictions and failed requests since the log began",
    ),
    session_name: z.string().nullable().describe("The session that made the newest prediction"),
    session_total_predictions: count.describe("Predictions of that session since it began"),
    session_avg_inference_time_ms: durationMs.nullable(),
    session_avg_confidence: percent.nullable(),
    recent_prediction_count: count.describe(
      "Predictions from which the recent figures are computed, over all sessions",
    ),
    recent_avg_confidence: percent.nullable(),
    recent_std_confidence: z.number().nonnegative().nullable(),
    recent_low_confidence_ratio: ratio.nullable(),
    recent_avg_inference_time_ms: durationMs.nullable(),
    recent_std_inference_time_ms: durationMs.nullable(),
    drift_detected: z.union([z.literal(0), z.literal(1)]),
    drift_indicator_count: count,
    drift_verdict: z.enum(["ok", "drift", "insufficient_data"]),
    window: z
      .object({
        from: z.iso.datetime().describe("Start of the period that rate and mean time cover"),
        to: z.iso.datetime().describe("When the log was read"),
        complete: z
          .boolean()
          .describe(
            "False when the last 24 hours hold more than is read at once; the period is then shorter",
          ),
        session_count: count.describe("Sessions that answered or loaded a model in the window"),
      })
      .describe(
        "What rate and mean time are computed from: the newest records of the service's inference log, over all its environments",
      ),
  })
  .catchall(z.number())
  .describe("Figures of the whole service, read from its inference log");
export type Metrics = z.infer<typeof metricsSchema>;
