import { dayLengthMs, hourLengthMs } from "../../shared/time/durations.ts";
import { UsageError } from "./parse-command-line.mjs";

const unitsMs: Record<string, number> = { m: 60_000, h: hourLengthMs, d: dayLengthMs };

/**
 * Milliseconds of `90m`, `24h` or `30d`.
 *
 * @returns undefined for any other text, and for a length of nothing
 */
export function parseSpanMs(text: string): number | undefined {
  const [, number = "", unit = ""] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  return Number(number) * (unitsMs[unit] ?? 0) || undefined;
}

/**
 * Milliseconds since 1970 of a day or of a time in ISO 8601, in UTC where it names no zone.
 *
 * @throws UsageError for any other text, and for a day that its month does not have
 */
export function parseTimeMs(option: string, text: string): number {
  const [, day] = /^(\d{4}-\d\d-\d\d)(?:$|[T ])/.exec(text) ?? [];
  const namesZone = text === day || /(Z|[+-]\d\d:?\d\d)$/.test(text);
  const timeMs = day !== undefined && isDay(day) ? Date.parse(namesZone ? text : `${text}Z`) : Number.NaN;
  if (!Number.isNaN(timeMs)) return timeMs;
  throw new UsageError(
    `Expected a time such as 2026-11-28 or 2026-11-28T08:00 for ${option} but received ${text}`,
  );
}

/** `Date` takes 31 November for 1 December. */
function isDay(text: string): boolean {
  const timeMs = Date.parse(text);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(text);
}
