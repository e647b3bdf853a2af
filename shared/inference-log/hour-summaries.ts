import type { StoreLocation } from "../aws/store-location.ts";
import { mergeSummaries } from "../drift/hour-summary.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import { type HourSummary, hourSummarySchema } from "../schemas/hour-summary.ts";
import { dayLengthMs, hourLengthMs } from "../time/durations.ts";
import { parseSummaryKey, summariesPrefix } from "./log-keys.ts";

const maximumParallelReads = 16;

export interface SummarisedHour {
  /** Start of the hour, milliseconds since 1970. */
  hourMs: number;
  summary: HourSummary;
}

/**
 * Summaries of the compacted hours, oldest first; the newest one or two hours have none yet. A month takes some hundred
 * small objects, however many predictions it had.
 *
 * @param period hours that begin before `untilMs` and end after `sinceMs`, milliseconds since 1970
 * @throws StorageError when S3 cannot be read
 */
export async function readHourSummaries(
  location: StoreLocation,
  { sinceMs, untilMs }: { sinceMs: number; untilMs: number },
): Promise<SummarisedHour[]> {
  const { store, bucket, prefix } = location;
  const found: { hourMs: number; key: string }[] = [];
  const folder = summariesPrefix(prefix);
  // A day earlier: SeaweedFS leaves out the whole folder that a listing is to start after.
  const startAfter = `${folder}${dayName(sinceMs - dayLengthMs)}`;
  for await (const { key } of store.listObjects(bucket, { prefix: folder, startAfter })) {
    const hourMs = parseSummaryKey(key);
    if (hourMs === undefined || hourMs + hourLengthMs <= sinceMs) continue;
    if (hourMs >= untilMs) break;
    found.push({ hourMs, key });
  }
  const parts = await mapInParallel(found, maximumParallelReads, async ({ hourMs, key }) => {
    const object = await store.getObject(bucket, key);
    return { hourMs, summary: object && parseSummary(object.bytes) };
  });
  const byHour = Map.groupBy(parts, ({ hourMs }) => hourMs);
  return [...byHour].flatMap(([hourMs, ofHour]) => {
    const summaries = ofHour.flatMap(({ summary }) => summary ?? []);
    return summaries.length === 0 ? [] : [{ hourMs, summary: summaries.reduce(mergeSummaries) }];
  });
}

/** Undefined for what is not a summary: a damaged object stops no analysis. */
function parseSummary(bytes: Uint8Array): HourSummary | undefined {
  try {
    return hourSummarySchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

const dayName = (timestampMs: number) => `date=${new Date(timestampMs).toISOString().slice(0, 10)}`;
