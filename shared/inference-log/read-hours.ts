import type { StoreLocation } from "../aws/store-location.ts";
import { mergeSummaries, summariseRecords } from "../drift/summary/hour-summary.ts";
import type { HourSummary } from "../schemas/hour-summary.ts";
import type { InferenceLogRecord } from "../schemas/inference-record.ts";
import { nameCompaction } from "./compact.ts";
import { type Journal, readJournal } from "./compaction-journal.ts";
import { type ListedSummary, listSummaries, readSummaries } from "./hour-summaries.ts";
import { parseLogKey, startOfHour } from "./log-keys.ts";
import { clockSkewMs, readBackwards, takeAffordable, untilUndisturbed } from "./read-window.ts";
import { type ListedLogObject, walkLogBackwards } from "./walk-log.ts";

/** Hours in memory at once: their summaries are some ten megabytes in total. */
const hoursAtOnce = 24;

export interface SummarisedHour {
  /** Start of the hour, milliseconds since 1970. */
  hourMs: number;
  summary: HourSummary;
}

export interface LogHours {
  /** Every hour with records, oldest first; the summaries are read on the way. */
  hours: AsyncGenerator<SummarisedHour>;
  /** Those of the hours' records that are not compacted; objects of health checks alone are left out. */
  records: InferenceLogRecord[];
  /**
   * To be asked after the last hour. False when more is not compacted than is read at once, so that the oldest of it is
   * missing, or when a summary cannot be read, so that its part of an hour is.
   */
  isComplete: () => boolean;
}

/**
 * A period by hours: the summaries of what is compacted, with the records of what is not, wherever it lies. An hour may
 * have both: Firehose's last object of the hour before holds its first records, and compaction may stop for lack of time.
 *
 * @param period hours that begin before `untilMs` and end after `sinceMs`, milliseconds since 1970; what is not
 *   compacted is limited to the period itself
 * @throws StorageError when S3 cannot be read
 */
export function readHours(
  location: StoreLocation,
  {
    sinceMs,
    untilMs,
    ...limits
  }: { sinceMs: number; untilMs: number; maximumObjects: number; maximumRecords: number },
): Promise<LogHours> {
  return untilUndisturbed(async () => {
    const listed = await listNotCompacted(
      location,
      { fromMs: untilMs + clockSkewMs, sinceMs },
      limits.maximumObjects,
    );
    // In this order: if objects are compacted from here on, reading them fails, and all begins anew.
    const summaries = await listSummaries(location, { sinceMs, untilMs });
    const journal = await readJournal(location);
    const once =
      journal === undefined ? { listed, summaries } : takeOnce(listed, summaries, journal, sinceMs);
    const found = new Map<string, InferenceLogRecord>();
    const { isComplete } = await readBackwards(location, [once.listed], {
      keep: (record) => {
        if (record.timestamp_ms >= sinceMs && record.timestamp_ms < untilMs)
          found.set(record.record_id, record);
      },
      takeAffordable: (ahead) => takeAffordable(ahead, limits.maximumRecords - found.size),
      maximumObjects: limits.maximumObjects,
    });
    const records = [...found.values()];
    let unreadSummaries = 0;
    const read = async (summaries: readonly ListedSummary[]) => {
      const found = await readSummaries(location, summaries);
      unreadSummaries += summaries.length - found.length;
      return found;
    };
    return {
      hours: joinHours(read, once.summaries, records),
      records,
      isComplete: () => isComplete && listed.length <= limits.maximumObjects && unreadSummaries === 0,
    };
  });
}

/** The newest objects that are not compacted and hold more than health checks, newest first: all, or more than `maximum`. */
async function listNotCompacted(
  location: StoreLocation,
  period: { fromMs: number; sinceMs: number },
  maximum: number,
): Promise<ListedLogObject[]> {
  const listed: ListedLogObject[] = [];
  for await (const group of walkLogBackwards(location, period)) {
    for (const object of group) if (!object.compacted && !object.isHealthOnly) listed.push(object);
    if (listed.length > maximum) break;
  }
  return listed;
}

/**
 * Leaves out one of the two places of what is being compacted, also after that was cut off: the summaries while all of
 * its objects are there, since some may not be written yet, and the objects once one of them is deleted.
 */
function takeOnce(
  listed: ListedLogObject[],
  summaries: ListedSummary[],
  journal: Journal,
  sinceMs: number,
): { listed: ListedLogObject[]; summaries: ListedSummary[] } {
  const keys = new Set(listed.map(({ key }) => key));
  const isWanted = (key: string) => {
    const object = parseLogKey(key);
    return object !== undefined && !object.isHealthOnly && object.newestMs >= sinceMs;
  };
  if (journal.keys.filter(isWanted).every((key) => keys.has(key))) {
    const name = nameCompaction(journal.keys);
    return { listed, summaries: summaries.filter(({ key }) => !key.includes(name)) };
  }
  const compacting = new Set(journal.keys);
  return { listed: listed.filter(({ key }) => !compacting.has(key)), summaries };
}

async function* joinHours(
  read: (listed: readonly ListedSummary[]) => ReturnType<typeof readSummaries>,
  summaries: readonly ListedSummary[],
  records: readonly InferenceLogRecord[],
): AsyncGenerator<SummarisedHour> {
  const listed = Map.groupBy(summaries, ({ hourMs }) => hourMs);
  const others = Map.groupBy(records, ({ timestamp_ms }) => startOfHour(timestamp_ms));
  const hours = [...new Set([...listed.keys(), ...others.keys()])].sort((a, b) => a - b);
  for (let start = 0; start < hours.length; start += hoursAtOnce) {
    const next = hours.slice(start, start + hoursAtOnce);
    const found = await read(next.flatMap((hourMs) => listed.get(hourMs) ?? []));
    for (const hourMs of next) {
      const ofHour = found.filter((part) => part.hourMs === hourMs).map(({ summary }) => summary);
      const rest = others.get(hourMs);
      if (rest !== undefined) ofHour.push(summariseRecords(rest));
      if (ofHour.length > 0) yield { hourMs, summary: ofHour.reduce(mergeSummaries) };
    }
  }
}
