import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { summariseRecords } from "../../shared/drift/hour-summary.ts";
import type { AnalysedWindow } from "../../shared/drift/window/analysed-window.ts";
import { createSummaryWindow } from "../../shared/drift/window/window-of-summaries.ts";
import { readHourSummaries } from "../../shared/inference-log/hour-summaries.ts";
import { startOfHour } from "../../shared/inference-log/log-keys.ts";
import { readRecords } from "../../shared/inference-log/read-window.ts";
import type { WindowSelection } from "../../shared/schemas/drift-report.ts";
import { hourLengthMs } from "../../shared/time/durations.ts";

/** Hours in memory at once: their summaries are some ten megabytes in total. */
const hoursAtOnce = 24;
/** Limits for the newest hours, which have no summary yet. */
const newestRecords = 400_000;
const newestObjects = 20_000;

/**
 * Adds up the summaries of a span's hours, and the records of the newest hours, which have no summary yet.
 *
 * @returns undefined when no hour has a summary
 * @throws StorageError when S3 cannot be read
 */
export async function readSummaryWindow(
  location: StoreLocation,
  { from_ms, to_ms, model_version, deployment }: WindowSelection,
  { lowConfidencePercent, nowMs }: { lowConfidencePercent: number; nowMs: number },
): Promise<AnalysedWindow | undefined> {
  const untilMs = to_ms ?? nowMs;
  const window = createSummaryWindow(
    { modelVersion: model_version ?? undefined, deployment: deployment ?? undefined },
    lowConfidencePercent,
  );
  let newestHourMs: number | undefined;
  for (let sinceMs = startOfHour(from_ms ?? 0); sinceMs < untilMs; sinceMs += hoursAtOnce * hourLengthMs) {
    const endMs = Math.min(untilMs, sinceMs + hoursAtOnce * hourLengthMs);
    for (const { hourMs, summary } of await readHourSummaries(location, { sinceMs, untilMs: endMs })) {
      window.add(summary);
      newestHourMs = hourMs;
    }
  }
  if (newestHourMs === undefined) return undefined;
  const { records } = await readRecords(location, {
    sinceMs: newestHourMs + hourLengthMs,
    nowMs: untilMs,
    maximumRecords: newestRecords,
    maximumObjects: newestObjects,
  });
  window.add(summariseRecords(records.filter(({ timestamp_ms }) => timestamp_ms < untilMs)));
  return window.finish();
}
