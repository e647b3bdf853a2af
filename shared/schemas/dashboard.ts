import * as z from "zod";
import { leastSureSchema } from "./hour-summary.ts";

const count = z.int().nonnegative();
const percent = z.number().min(0).max(100);
const durationMs = z.number().nonnegative();

export const dashboardHourSchema = z.object({
  start: z.iso.datetime(),
  predictions: count,
  /** Number of answers by class, and by `name/version`. */
  classes: z.record(z.string(), count),
  versions: z.record(z.string(), count),
  /** Number of answers by decision; empty for hours from before there were decisions. */
  decisions: z.record(z.string(), count),
  mean_confidence: percent,
  mean_inference_time_ms: durationMs,
  longest_inference_time_ms: durationMs,
});

/** Response body of `GET /dashboard/data`, from which the page at /dashboard is drawn. */
export const dashboardSchema = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    complete: z
      .boolean()
      .describe(
        "False when more of the seven days is not compacted, or the last 24 hours hold more, than is read at once: the oldest part is missing",
      ),
    hours: z.array(dashboardHourSchema).describe("Hours with predictions, oldest first"),
    confidence: z.array(count).describe("Answers by confidence: 0 to 5 percent, 5 to 10, ..., 95 to 100"),
    verdicts: z
      .array(
        z.object({
          day: z.iso.date(),
          at: z.iso.datetime(),
          verdict: z.enum(["ok", "drift", "insufficient_data"]),
          reports: count.describe("How many reports that day has"),
        }),
      )
      .describe(
        "The last verdict on the whole service of each of the last 30 days (UTC) that has one, oldest first",
      ),
    errors: z
      .array(z.object({ at: z.iso.datetime(), error: z.string(), status: z.int(), detail: z.string() }))
      .describe("The last failed requests of the last 24 hours, newest first"),
    least_sure: z.array(leastSureSchema).describe("The least sure answers, least sure first"),
  })
  .describe("What happened over time, from the summaries of the inference log and its newest records");
export type Dashboard = z.infer<typeof dashboardSchema>;
export type DashboardHour = z.infer<typeof dashboardHourSchema>;
