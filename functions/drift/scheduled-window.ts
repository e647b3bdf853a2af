import * as z from "zod";
import { lastPredictions } from "../../shared/drift/drift-report.ts";
import type { WindowSelection } from "../../shared/schemas/drift-report.ts";
import { dayLengthMs, hourLengthMs } from "../../shared/time/durations.ts";

/** The input of the daily schedule in serverless.yml; the frequent one has none. */
const eventSchema = z.object({ window: z.literal("day") });

/** Whether the daily schedule sent the event, not the frequent one. */
export const isDaily = (event: unknown): boolean => eventSchema.safeParse(event).success;

/** The window of the daily schedule is the 24 hours up to the last full hour; that of the other is the last predictions. */
export function chooseScheduledWindow(event: unknown, windowSize: number, nowMs: number): WindowSelection {
  if (!isDaily(event)) return lastPredictions(windowSize);
  const toMs = nowMs - (nowMs % hourLengthMs);
  return { ...lastPredictions(windowSize), count: null, from_ms: toMs - dayLengthMs, to_ms: toMs };
}
