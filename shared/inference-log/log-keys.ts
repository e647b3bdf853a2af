import { hourLengthMs } from "../time/durations.ts";

/**
 * Names of the inference log's objects:
 *
 *     inference-log/date=2026-11-25/hour=14/145912345-<session id>-42-p3.jsonl         written by a session
 *     inference-log/date=2026-11-25/hour=14/145912345-<session id>-43-health-p0.jsonl  health checks alone
 *     inference-log/date=2026-11-25/hour=14/delivered-<stream>-1-2026-11-25-14-59-12-<id>.jsonl    by Firehose
 *     inference-log/date=2026-11-25/hour=14/compacted-<hash>-p812.jsonl                an hour's objects, by earlier versions
 *     inference-log/table/date=2026-11-25/hour=14/145959998-<hash>-p812.parquet        an hour's objects, as a table
 *     inference-log/summaries/date=2026-11-25/hour=14/145959998-<hash>-p812.json       what drift is judged by
 *
 * Date, hour and time (UTC) are those of the object's newest record or, in an object from Firehose, those at which its
 * oldest record arrived. 42 numbers the session's objects. p3 counts the predictions in the object, so that a reader of
 * predictions can skip objects without any; `health` lets a reader of answers skip health checks, which anybody may
 * cause. All records of an object belong to its hour, except in objects from Firehose.
 */
export interface LogObject {
  key: string;
  /** Start of the hour, milliseconds since 1970. */
  hourMs: number;
  /** No record in the object is newer: milliseconds since 1970. */
  newestMs: number;
  compacted: boolean;
  /** Number of predictions; infinity where nobody counted them. */
  predictions: number;
  /** Whether it is known to hold health checks alone. */
  isHealthOnly: boolean;
}

/** Longest that Firehose gathers records before it delivers them. */
export const longestDeliveryMs = 15 * 60_000;
const folder = "inference-log/";
const tableFolder = `${folder}table/`;
const summariesFolder = `${folder}summaries/`;
const hourPattern = String.raw`date=(\d{4}-\d{2}-\d{2})\/hour=(\d{2})\/`;
const keyPattern = new RegExp(
  String.raw`inference-log\/(?:table\/)?${hourPattern}(?:(\d{9})-[\w-]+?(-health)?-p(\d+)\.(?:jsonl|parquet)|compacted-\w+-p(\d+)\.jsonl|delivered-.+-([\d-]{19})-[\w-]{36}(?:\.jsonl)?)$`,
);
const summaryPattern = new RegExp(String.raw`inference-log\/summaries\/${hourPattern}[\w-]+\.json$`);

export const startOfHour = (timestampMs: number) => timestampMs - (timestampMs % hourLengthMs);

/** Prefix of all objects with records outside the table. */
export const logPrefix = (prefix: string) => `${prefix}${folder}date=`;

/** Prefix of a day's objects. */
export const logDayPrefix = (prefix: string, timestampMs: number) => prefix + folder + dayFolder(timestampMs);

/** Prefix of an hour's objects. */
export const hourPrefix = (prefix: string, timestampMs: number) => prefix + folder + hourFolder(timestampMs);

/** Prefix of the objects of one minute that are not compacted. */
export function minutePrefix(prefix: string, timestampMs: number): string {
  return `${hourPrefix(prefix, timestampMs)}${isoTime(timestampMs).slice(11, 16).replace(":", "")}`;
}

/** Prefix of a day's compacted objects. */
export const tableDayPrefix = (prefix: string, timestampMs: number) =>
  prefix + tableFolder + dayFolder(timestampMs);

/** Prefix of an hour's compacted objects. */
export const tableHourPrefix = (prefix: string, timestampMs: number) =>
  prefix + tableFolder + hourFolder(timestampMs);

/** Prefix of the summaries of an hour. */
export const summaryHourPrefix = (prefix: string, timestampMs: number) =>
  prefix + summariesFolder + hourFolder(timestampMs);

export const tablePrefix = (prefix: string) => `${prefix}${tableFolder}`;
export const summariesPrefix = (prefix: string) => `${prefix}${summariesFolder}`;

/** Prefix of what Firehose delivered in an hour. */
export const deliveredPrefix = (prefix: string, timestampMs: number) =>
  `${hourPrefix(prefix, timestampMs)}delivered-`;

/** Prefix of an hour's compacted objects as earlier versions wrote them. */
export const compactedPrefix = (prefix: string, timestampMs: number) =>
  `${hourPrefix(prefix, timestampMs)}compacted-`;

export function createLogKey(
  prefix: string,
  object: {
    newestMs: number;
    sessionId: string;
    sequence: number;
    predictions: number;
    isHealthOnly?: boolean;
  },
): string {
  const time = isoTime(object.newestMs).slice(11, 23).replace(/[:.]/g, "");
  const name = `${time}-${object.sessionId}-${object.sequence}${nameContent(object)}.jsonl`;
  return hourPrefix(prefix, object.newestMs) + name;
}

interface CompactedObject {
  hourMs: number;
  newestMs: number;
  hash: string;
  predictions: number;
  isHealthOnly?: boolean;
}

const nameContent = ({ predictions, isHealthOnly }: { predictions: number; isHealthOnly?: boolean }) =>
  `${isHealthOnly ? "-health" : ""}-p${predictions}`;

const compactedName = (object: CompactedObject) =>
  `${isoTime(object.newestMs).slice(11, 23).replace(/[:.]/g, "")}-${object.hash}${nameContent(object)}`;

export const createTableKey = (prefix: string, object: CompactedObject): string =>
  `${tableHourPrefix(prefix, object.hourMs)}${compactedName(object)}.parquet`;

export const createSummaryKey = (prefix: string, object: CompactedObject): string =>
  `${summaryHourPrefix(prefix, object.hourMs)}${compactedName(object)}.json`;

/** Undefined for a key of no object with records. */
export function parseLogKey(key: string): LogObject | undefined {
  const [, date, hour, time, health, counted, compacted, delivered] = keyPattern.exec(key) ?? [];
  if (date === undefined) return undefined;
  const hourMs = Date.parse(`${date}T${hour}:00:00.000Z`);
  const newestMs =
    time !== undefined
      ? Date.parse(`${date}T${spell(time)}Z`)
      : delivered !== undefined
        ? parseDeliveryTime(delivered) + longestDeliveryMs
        : hourMs + hourLengthMs - 1;
  if (Number.isNaN(hourMs) || Number.isNaN(newestMs)) return undefined;
  return {
    key,
    hourMs,
    newestMs,
    compacted: compacted !== undefined || key.endsWith(".parquet"),
    predictions: delivered === undefined ? Number(counted ?? compacted) : Number.POSITIVE_INFINITY,
    isHealthOnly: health !== undefined,
  };
}

/** Start of a summary's hour, milliseconds since 1970; undefined for any other key. */
export function parseSummaryKey(key: string): number | undefined {
  const [, date, hour] = summaryPattern.exec(key) ?? [];
  return date === undefined ? undefined : Date.parse(`${date}T${hour}:00:00.000Z`);
}

/** 2026-11-25-14-59-12 */
const parseDeliveryTime = (text: string) =>
  Date.parse(text.replace(/^(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)$/, "$1T$2:$3:$4Z"));

/** 145912345 to 14:59:12.345 */
function spell(time: string): string {
  return time.replace(/(\d\d)(\d\d)(\d\d)(\d{3})/, "$1:$2:$3.$4");
}

const isoTime = (timestampMs: number) => new Date(timestampMs).toISOString();
const dayFolder = (timestampMs: number) => `date=${isoTime(timestampMs).slice(0, 10)}/`;
const hourFolder = (timestampMs: number) =>
  `${dayFolder(timestampMs)}hour=${isoTime(timestampMs).slice(11, 13)}/`;
