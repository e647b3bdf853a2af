import { parseJson } from "../aws/parse-json.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import { type HourSummary, hourSummarySchema } from "../schemas/hour-summary.ts";
import { dayLengthMs, hourLengthMs } from "../time/durations.ts";
import { isoDay } from "../time/iso-day.ts";
import { parseSummaryKey, summariesPrefix } from "./log-keys.ts";

const maximumParallelReads = 16;

export interface ListedSummary {
  key: string;
  /** Start of the hour, milliseconds since 1970. */
  hourMs: number;
}

/**
 * The summaries of compacted files, oldest first; an hour may have several. A month has some hundred small objects,
 * however many predictions it had.
 *
 * @param period hours that begin before `untilMs` and end after `sinceMs`, milliseconds since 1970
 * @throws StorageError when S3 cannot be read
 */
export async function listSummaries(
  { store, bucket, prefix }: StoreLocation,
  { sinceMs, untilMs }: { sinceMs: number; untilMs: number },
): Promise<ListedSummary[]> {
  const found: ListedSummary[] = [];
  const folder = summariesPrefix(prefix);
  // A day earlier: SeaweedFS leaves out the whole folder that a listing is to start after.
  const startAfter = `${folder}${dayName(sinceMs - dayLengthMs)}`;
  for await (const { key } of store.listObjects(bucket, { prefix: folder, startAfter })) {
    const hourMs = parseSummaryKey(key);
    if (hourMs === undefined || hourMs + hourLengthMs <= sinceMs) continue;
    if (hourMs >= untilMs) break;
    found.push({ hourMs, key });
  }
  return found;
}

/**
 * Reads summaries, and leaves out those that are damaged or gone.
 *
 * @throws StorageError when S3 cannot be read
 */
export async function readSummaries(
  { store, bucket }: StoreLocation,
  listed: readonly ListedSummary[],
): Promise<{ hourMs: number; summary: HourSummary }[]> {
  const parts = await mapInParallel(listed, maximumParallelReads, async ({ hourMs, key }) => {
    const object = await store.getObject(bucket, key);
    return { hourMs, summary: object && parseSummary(object.bytes) };
  });
  return parts.flatMap(({ hourMs, summary }) => (summary === undefined ? [] : [{ hourMs, summary }]));
}

/** Undefined for what is not a summary: a damaged object stops no analysis. */
function parseSummary(bytes: Uint8Array): HourSummary | undefined {
  try {
    return hourSummarySchema.safeParse(parseJson(bytes)).data;
  } catch {
    return undefined;
  }
}

const dayName = (timestampMs: number) => `date=${isoDay(timestampMs)}`;
