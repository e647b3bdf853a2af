import type { ListedObject } from "../aws/object-store.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import {
  compactedPrefix,
  dayPrefix,
  hourLengthMs,
  hourPrefix,
  type LogObject,
  minutePrefix,
  parseLogKey,
  startOfHour,
} from "./log-keys.ts";

export interface ListedLogObject extends LogObject {
  sizeBytes: number;
}

type Listed = Pick<ListedObject, "key" | "sizeBytes">;

const minuteLengthMs = 60_000;
const dayLengthMs = 24 * hourLengthMs;

/**
 * Objects of the log, newest first, in groups: every object of a group is newer than those of the next, but for
 * compacted ones, whose time is the end of their hour. S3 lists only in ascending order and 1,000 keys at a time, so a
 * day is listed at once if it fits, else by hours, and a crowded hour by minutes.
 */
export async function* walkLogBackwards(
  location: StoreLocation,
  { fromMs, sinceMs }: { fromMs: number; sinceMs: number },
): AsyncGenerator<ListedLogObject[]> {
  for (let dayMs = startOfDay(fromMs); dayMs > sinceMs - dayLengthMs; dayMs -= dayLengthMs) {
    const day = await listIfSmall(location, dayPrefix(location.prefix, dayMs));
    if (day !== undefined) {
      yield newestFirst(day, sinceMs);
      continue;
    }
    const lastHourMs = Math.min(startOfHour(fromMs), dayMs + dayLengthMs - hourLengthMs);
    for (
      let hourMs = lastHourMs;
      hourMs >= dayMs && hourMs > sinceMs - hourLengthMs;
      hourMs -= hourLengthMs
    ) {
      yield* walkHourBackwards(location, hourMs, sinceMs);
    }
  }
}

async function* walkHourBackwards(
  location: StoreLocation,
  hourMs: number,
  sinceMs: number,
): AsyncGenerator<ListedLogObject[]> {
  const hour = await listIfSmall(location, hourPrefix(location.prefix, hourMs));
  if (hour !== undefined) {
    yield newestFirst(hour, sinceMs);
    return;
  }
  yield listAll(location, compactedPrefix(location.prefix, hourMs));
  for (let minute = 59; minute >= 0; minute -= 1) {
    const minuteMs = hourMs + minute * minuteLengthMs;
    if (minuteMs <= sinceMs - minuteLengthMs) return;
    yield newestFirst(await listAll(location, minutePrefix(location.prefix, minuteMs)), sinceMs);
  }
}

/** Undefined when there is more than a page holds. */
async function listIfSmall(location: StoreLocation, prefix: string): Promise<ListedLogObject[] | undefined> {
  const page = await location.store.listPage(location.bucket, { prefix });
  return page.continuationToken === undefined ? parseKeys(page.objects) : undefined;
}

async function listAll(location: StoreLocation, prefix: string): Promise<ListedLogObject[]> {
  const objects: Listed[] = [];
  for await (const object of location.store.listObjects(location.bucket, { prefix })) objects.push(object);
  return parseKeys(objects);
}

const parseKeys = (objects: readonly Listed[]): ListedLogObject[] =>
  objects.flatMap(({ key, sizeBytes }) => {
    const object = parseLogKey(key);
    return object === undefined ? [] : [{ ...object, sizeBytes }];
  });

const newestFirst = (objects: readonly ListedLogObject[], sinceMs: number): ListedLogObject[] =>
  objects.filter(({ newestMs }) => newestMs >= sinceMs).sort((a, b) => b.newestMs - a.newestMs);

const startOfDay = (timestampMs: number) => timestampMs - (timestampMs % dayLengthMs);
