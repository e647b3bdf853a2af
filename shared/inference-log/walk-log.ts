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
): AsyncGenerator<LogObject[]> {
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
): AsyncGenerator<LogObject[]> {
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
async function listIfSmall(location: StoreLocation, prefix: string): Promise<LogObject[] | undefined> {
  const page = await location.store.listPage(location.bucket, { prefix });
  return page.continuationToken === undefined ? parseKeys(page.objects) : undefined;
}

async function listAll(location: StoreLocation, prefix: string): Promise<LogObject[]> {
  const objects: { key: string }[] = [];
  for await (const object of location.store.listObjects(location.bucket, { prefix })) objects.push(object);
  return parseKeys(objects);
}

const parseKeys = (objects: readonly { key: string }[]): LogObject[] =>
  objects.map(({ key }) => parseLogKey(key)).filter((object) => object !== undefined);

const newestFirst = (objects: readonly LogObject[], sinceMs: number): LogObject[] =>
  objects.filter(({ newestMs }) => newestMs >= sinceMs).sort((a, b) => b.newestMs - a.newestMs);

const startOfDay = (timestampMs: number) => timestampMs - (timestampMs % dayLengthMs);
