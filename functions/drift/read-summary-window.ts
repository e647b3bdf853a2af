import type { StoreLocation } from "../../shared/aws/store-location.ts";
import type { AnalysedWindow } from "../../shared/drift/window/analysed-window.ts";
import { createSummaryWindow } from "../../shared/drift/window/window-of-summaries.ts";
import { startOfHour } from "../../shared/inference-log/log-keys.ts";
import { readHours } from "../../shared/inference-log/read-hours.ts";
import type { WindowSelection } from "../../shared/schemas/drift-report.ts";

/** Limits for what is not compacted: usually the newest hours. */
const limits = { maximumRecords: 400_000, maximumObjects: 20_000 };

/**
 * Adds up a span's hours: the summaries of what is compacted, and the records of what is not.
 *
 * @returns undefined when the span has no predictions
 * @throws StorageError when S3 cannot be read
 */
export async function readSummaryWindow(
  location: StoreLocation,
  { from_ms, to_ms, model_version, deployment }: WindowSelection,
  { lowConfidencePercent, nowMs }: { lowConfidencePercent: number; nowMs: number },
): Promise<{ window: AnalysedWindow; isComplete: boolean } | undefined> {
  const sum = createSummaryWindow(
    { modelVersion: model_version ?? undefined, deployment: deployment ?? undefined },
    lowConfidencePercent,
  );
  const period = { sinceMs: startOfHour(from_ms ?? 0), untilMs: to_ms ?? nowMs };
  const { hours, isComplete } = await readHours(location, { ...period, ...limits });
  for await (const { summary } of hours) sum.add(summary);
  const window = sum.finish();
  return window && { window, isComplete: isComplete() };
}
