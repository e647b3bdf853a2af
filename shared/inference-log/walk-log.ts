import type { ListedObject } from "../aws/object-store.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { dayLengthMs, hourLengthMs } from "../time/durations.ts";
import {
  compactedPrefix,
  deliveredPrefix,
  hourPrefix,
  type LogObject,
  logDayPrefix,
  longestDeliveryMs,
  minutePrefix,
  parseLogKey,
  startOfHour,
  tableDayPrefix,
  tableHourPrefix,
} from "./log-keys.ts";

export interface ListedLogObject extends LogObject {
  sizeBytes: number;
}

type Listed = Pick<ListedObject, "key" | "sizeBytes">;

const minuteLengthMs = 60_000;

/**
 * Objects of the log, newest first, in groups: every object of a group is newer than those of the next, except
 * compacted and delivered ones, which come with the first group of their hour. S3 lists only in ascending order and
 * 1,000 keys at a time, so a day is listed at once if it fits, otherwise by hours, and a crowded hour by minutes.
 */
export async function* walkLogBackwards(
  location: StoreLocation,
  { fromMs, sinceMs }: { fromMs: number; sinceMs: number },
): AsyncGenerator<ListedLogObject[]> {
  // An object from Firehose lies in the hour of its oldest record.
  const beforeMs = sinceMs - longestDeliveryMs;
  for (let dayMs = startOfDay(fromMs); dayMs > beforeMs - dayLengthMs; dayMs -= dayLengthMs) {
    const [day, table] = await Promise.all([
      listIfSmall(location, logDayPrefix(location.prefix, dayMs)),
      listIfSmall(location, tableDayPrefix(location.prefix, dayMs)),
    ]);
    if (day !== undefined && table !== undefined) {
      yield newestFirst([...day, ...table], sinceMs);
      continue;
    }
    const lastHourMs = Math.min(startOfHour(fromMs), dayMs + dayLengthMs - hourLengthMs);
    for (
      let hourMs = lastHourMs;
      hourMs >= dayMs && hourMs > beforeMs - hourLengthMs;
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
  const { prefix } = location;
  const table = await listAll(location, tableHourPrefix(prefix, hourMs));
  const hour = await listIfSmall(location, hourPrefix(prefix, hourMs));
  if (hour !== undefined) {
    yield newestFirst([...hour, ...table], sinceMs);
    return;
  }
  const gathered = await listAll(location, compactedPrefix(prefix, hourMs));
  const delivered = await listAll(location, deliveredPrefix(prefix, hourMs));
  yield newestFirst([...gathered, ...delivered, ...table], sinceMs);
  for (let minute = 59; minute >= 0; minute -= 1) {
    const minuteMs = hourMs + minute * minuteLengthMs;
    if (minuteMs <= sinceMs - minuteLengthMs) return;
    yield newestFirst(await listAll(location, minutePrefix(location.prefix, minuteMs)), sinceMs);
  }
}

/** Undefined when there are more objects than one page holds. */
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
