import * as z from "zod";
import { lastPredictions } from "../../shared/drift/drift-report.ts";
import type { WindowSelection } from "../../shared/schemas/drift-report.ts";

const hourMs = 3_600_000;

/** What a schedule of serverless.yml may ask for. */
const eventSchema = z.object({ window: z.literal("day") });

/** Which schedule it was: the frequent one over the last predictions, or the daily one. */
export const isDaily = (event: unknown): boolean => eventSchema.safeParse(event).success;

/** The window of a schedule: the 24 hours up to the last full hour for the daily one, else the last predictions. */
export function chooseScheduledWindow(event: unknown, windowSize: number, nowMs: number): WindowSelection {
  if (!isDaily(event)) return lastPredictions(windowSize);
  const toMs = nowMs - (nowMs % hourMs);
  return { ...lastPredictions(windowSize), count: null, from_ms: toMs - 24 * hourMs, to_ms: toMs };
}
