/**
 * Names of the inference log's objects:
 *
 *     inference-log/date=2026-11-25/hour=14/145912345-<session id>-42-p3.jsonl     written by a session
 *     inference-log/date=2026-11-25/hour=14/compacted-<hash>-p812.jsonl            an hour's objects in one
 *
 * Date, hour and time are those of the object's newest record (UTC), 42 numbers the session's objects and p3 says
 * how many predictions are in it, so that a reader of predictions can pass by the others. All records of an object
 * are of its hour.
 */
export interface LogObject {
  key: string;
  /** Start of the hour, milliseconds since 1970. */
  hourMs: number;
  /** No record in the object is newer: milliseconds since 1970. */
  newestMs: number;
  compacted: boolean;
  predictions: number;
}

export const hourLengthMs = 3_600_000;
const folder = "inference-log/";
const keyPattern =
  /inference-log\/date=(\d{4}-\d{2}-\d{2})\/hour=(\d{2})\/(?:(\d{9})-[\w-]+-\d+|compacted-\w+)-p(\d+)\.jsonl$/;

export const startOfHour = (timestampMs: number) => timestampMs - (timestampMs % hourLengthMs);

/** Prefix of everything that holds records; beside it are totals of them. */
export const logPrefix = (prefix: string) => `${prefix}${folder}date=`;

/** Prefix of a day's objects. */
export function dayPrefix(prefix: string, timestampMs: number): string {
  return `${prefix}${folder}date=${isoTime(timestampMs).slice(0, 10)}/`;
}

/** Prefix of an hour's objects. */
export function hourPrefix(prefix: string, timestampMs: number): string {
  return `${dayPrefix(prefix, timestampMs)}hour=${isoTime(timestampMs).slice(11, 13)}/`;
}

/** Prefix of the objects of one minute that are not compacted. */
export function minutePrefix(prefix: string, timestampMs: number): string {
  return `${hourPrefix(prefix, timestampMs)}${isoTime(timestampMs).slice(11, 16).replace(":", "")}`;
}

export const compactedPrefix = (prefix: string, timestampMs: number) =>
  `${hourPrefix(prefix, timestampMs)}compacted-`;

export function createLogKey(
  prefix: string,
  object: { newestMs: number; sessionId: string; sequence: number; predictions: number },
): string {
  const time = isoTime(object.newestMs).slice(11, 23).replace(/[:.]/g, "");
  const name = `${time}-${object.sessionId}-${object.sequence}-p${object.predictions}.jsonl`;
  return hourPrefix(prefix, object.newestMs) + name;
}

export function createCompactedKey(
  prefix: string,
  object: { hourMs: number; hash: string; predictions: number },
): string {
  return `${compactedPrefix(prefix, object.hourMs)}${object.hash}-p${object.predictions}.jsonl`;
}

/** Undefined for a key that is not the log's. */
export function parseLogKey(key: string): LogObject | undefined {
  const [, date, hour, time, predictions] = keyPattern.exec(key) ?? [];
  if (date === undefined) return undefined;
  const hourMs = Date.parse(`${date}T${hour}:00:00.000Z`);
  const compacted = time === undefined;
  const newestMs = compacted ? hourMs + hourLengthMs - 1 : Date.parse(`${date}T${spell(time)}Z`);
  return Number.isNaN(newestMs)
    ? undefined
    : { key, hourMs, newestMs, compacted, predictions: Number(predictions) };
}

/** 145912345 to 14:59:12.345 */
function spell(time: string): string {
  return time.replace(/(\d\d)(\d\d)(\d\d)(\d{3})/, "$1:$2:$3.$4");
}

const isoTime = (timestampMs: number) => new Date(timestampMs).toISOString();
