import type { ListedObject } from "../aws/object-store.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { dayLengthMs, hourLengthMs, minuteLengthMs } from "../time/durations.ts";
import {
  compactedPrefix,
  deliveredPrefix,
  hourPrefix,
  type LogObject,
  logDayPrefix,
  logPrefix,
  longestDeliveryMs,
  minutePrefix,
  parseLogKey,
  startOfHour,
  tableDayPrefix,
  tableHourPrefix,
  tablePrefix,
} from "./log-keys.ts";

export interface ListedLogObject extends LogObject {
  sizeBytes: number;
}

type Listed = Pick<ListedObject, "key" | "sizeBytes">;

interface Period {
  fromMs: number;
  sinceMs: number;
}

/** Enough for a month of a service whose hours each fit into one file, with health checks and Firehose's late records. */
const maximumOlderPages = 4;

/**
 * Objects of the log, newest first, in groups: every object of a group is newer than those of the next, except
 * compacted and delivered ones, which may come earlier. S3 lists only in ascending order and 1,000 keys at a time, so
 * the newest day is listed first, then all days before it at once if they fit into a few pages, otherwise one by one. A
 * crowded day is listed by hours, and a crowded hour by minutes.
 *
 * Objects are listed before the table: what is compacted in between is in both, while in the other order it would be in
 * neither.
 */
export async function* walkLogBackwards(
  location: StoreLocation,
  period: Period,
): AsyncGenerator<ListedLogObject[]> {
  const seen = new Set<string>();
  for await (const group of walkDays(location, period)) {
    const fresh = group.filter(({ key, newestMs }) => newestMs >= period.sinceMs && !seen.has(key));
    for (const object of fresh) if (mayComeAgain(object)) seen.add(object.key);
    yield fresh.sort((a, b) => b.newestMs - a.newestMs);
  }
}

/** Those of sessions, which may be a million, come once. */
const mayComeAgain = ({ compacted, predictions }: LogObject) => compacted || !Number.isFinite(predictions);

/** An object from Firehose lies in the hour of its oldest record. */
const earliestOf = ({ sinceMs }: Period) => sinceMs - longestDeliveryMs;

async function* walkDays(location: StoreLocation, period: Period): AsyncGenerator<ListedLogObject[]> {
  const newestDayMs = startOfDay(period.fromMs);
  yield* walkDay(location, newestDayMs, period);
  const oldestDayMs = startOfDay(earliestOf(period));
  if (oldestDayMs >= newestDayMs) return;
  const older = await listDaysIfFew(location, oldestDayMs, newestDayMs);
  if (older !== undefined) yield older;
  else
    for (let dayMs = newestDayMs - dayLengthMs; dayMs >= oldestDayMs; dayMs -= dayLengthMs)
      yield* walkDay(location, dayMs, period);
}

async function* walkDay(
  location: StoreLocation,
  dayMs: number,
  period: Period,
): AsyncGenerator<ListedLogObject[]> {
  const { prefix } = location;
  const [day, delivered] = await Promise.all([
    listIfSmall(location, logDayPrefix(prefix, dayMs)),
    listDeliveredBefore(location, dayMs, period),
  ]);
  const table = day && (await listIfSmall(location, tableDayPrefix(prefix, dayMs)));
  if (day !== undefined && table !== undefined) {
    yield [...day, ...delivered, ...table];
    return;
  }
  const lastHourMs = Math.min(startOfHour(period.fromMs), dayMs + dayLengthMs - hourLengthMs);
  const firstHourMs = Math.max(startOfHour(earliestOf(period)), dayMs);
  for (let hourMs = lastHourMs; hourMs >= firstHourMs; hourMs -= hourLengthMs)
    yield* walkHour(location, hourMs, period);
}

async function* walkHour(
  location: StoreLocation,
  hourMs: number,
  period: Period,
): AsyncGenerator<ListedLogObject[]> {
  const { prefix } = location;
  const [hour, delivered] = await Promise.all([
    listIfSmall(location, hourPrefix(prefix, hourMs)),
    listDeliveredBefore(location, hourMs, period),
  ]);
  const gathered = hour ?? [
    ...(await listAll(location, compactedPrefix(prefix, hourMs))),
    ...(await listAll(location, deliveredPrefix(prefix, hourMs))),
  ];
  yield [...gathered, ...delivered, ...(await listAll(location, tableHourPrefix(prefix, hourMs)))];
  if (hour !== undefined) return;
  for (let minute = 59; minute >= 0; minute -= 1) {
    const minuteMs = hourMs + minute * minuteLengthMs;
    if (minuteMs <= period.sinceMs - minuteLengthMs) break;
    yield await listAll(location, minutePrefix(prefix, minuteMs));
  }
  // What was compacted since its minutes were to be listed.
  yield await listAll(location, tableHourPrefix(prefix, hourMs));
}

/**
 * What Firehose delivered in the hour before a day or an hour: compaction moves its last records into the table of the
 * later one.
 */
async function listDeliveredBefore(
  location: StoreLocation,
  startMs: number,
  period: Period,
): Promise<ListedLogObject[]> {
  const hourMs = startMs - hourLengthMs;
  return hourMs < startOfHour(earliestOf(period))
    ? []
    : listAll(location, deliveredPrefix(location.prefix, hourMs));
}

/** Days from one up to another, which is left out; undefined when they have more objects than a few pages hold. */
async function listDaysIfFew(
  location: StoreLocation,
  oldestDayMs: number,
  endMs: number,
): Promise<ListedLogObject[] | undefined> {
  const { prefix } = location;
  const list = (folder: string, dayPrefix: typeof logDayPrefix) =>
    listRangeIfFew(location, {
      prefix: folder,
      // A day earlier: SeaweedFS leaves out the whole folder that a listing is to start after.
      startAfter: dayPrefix(prefix, oldestDayMs - dayLengthMs),
      end: dayPrefix(prefix, endMs),
    });
  const days = await list(logPrefix(prefix), logDayPrefix);
  const table = days && (await list(tablePrefix(prefix), tableDayPrefix));
  return days && table && [...days, ...table];
}

/** Keys of a prefix that sort before `end`; undefined when they are on more than a few pages. */
async function listRangeIfFew(
  { store, bucket }: StoreLocation,
  { end, ...range }: { prefix: string; startAfter: string; end: string },
): Promise<ListedLogObject[] | undefined> {
  const found: Listed[] = [];
  let token: string | undefined;
  for (let pages = 1; pages <= maximumOlderPages; pages += 1) {
    const page = await store.listPage(bucket, range, token);
    found.push(...page.objects.filter(({ key }) => key < end));
    token = page.continuationToken;
    if (token === undefined || (page.objects.at(-1)?.key ?? "") >= end) return parseKeys(found);
  }
  return undefined;
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

const startOfDay = (timestampMs: number) => timestampMs - (timestampMs % dayLengthMs);
