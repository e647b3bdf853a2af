import { UsageError } from "../cli/parse-command-line.mjs";

const unitsMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Parses how far back to read: a time before now (`30m`, `24h`, `7d`), a day (`2026-11-25`) or a time in ISO 8601.
 *
 * @returns milliseconds since 1970
 * @throws UsageError for any other text
 */
export function parseSince(text: string, nowMs: number): number {
  const [, count, unit = ""] = /^(\d+)([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return nowMs - Number(count) * (unitsMs[unit] ?? 0);
  const timeMs = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timeMs))
    throw new UsageError(`Expected --since to be like 24h, 7d or 2026-11-25 but received ${text}`);
  return timeMs;
}
