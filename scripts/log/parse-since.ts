import { UsageError } from "../cli/parse-command-line.mjs";
import { parseSpanMs, parseTimeMs } from "../cli/parse-time.ts";

/**
 * Parses how far back to read: a time before now (`30m`, `24h`, `7d`), a day (`2026-11-25`) or a time in ISO 8601, in UTC
 * unless it names a zone.
 *
 * @returns milliseconds since 1970
 * @throws UsageError for any other text
 */
export function parseSince(text: string, nowMs: number): number {
  const spanMs = parseSpanMs(text);
  if (spanMs !== undefined) return nowMs - spanMs;
  try {
    return parseTimeMs("--since", text);
  } catch (cause) {
    throw new UsageError(`Expected --since to be like 24h, 7d or 2026-11-25 but received ${text}`, { cause });
  }
}
