import type { WindowSelection } from "../../shared/schemas/drift-report.ts";
import { UsageError } from "../cli/parse-command-line.mjs";
import { parseSpanMs, parseTimeMs } from "../cli/parse-time.ts";

/** The options that choose a window, as typed. */
export interface TypedSelection {
  count?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  last?: string | undefined;
  "model-version"?: string | undefined;
  session?: string | undefined;
  deployment?: string | undefined;
}

/** A window of more predictions must be a span of time, which is judged by summaries of full hours. */
const largestCount = 100_000;

/**
 * Parses the options that choose a window: a span of time with --from or --last, else the last `count` predictions.
 *
 * @throws UsageError for an invalid time, span or number, or for contradictory options
 */
export function parseSelection(
  typed: TypedSelection,
  { count, nowMs }: { count: number; nowMs: number },
): WindowSelection {
  const toMs = typed.to === undefined ? null : parseTimeMs("--to", typed.to);
  const fromMs = parseStart(typed, toMs ?? nowMs);
  if (fromMs !== null && fromMs >= (toMs ?? nowMs))
    throw new UsageError(
      `Expected --from before --to but received ${describe(fromMs)} and ${describe(toMs ?? nowMs)}`,
    );
  const isSpan = fromMs !== null;
  if (isSpan && typed.count !== undefined)
    throw new UsageError("Expected --count or a span of time but received both");
  return {
    count: isSpan ? null : parseCount(typed.count, count),
    from_ms: fromMs,
    to_ms: toMs,
    model_version: typed["model-version"] ?? null,
    session: typed.session ?? null,
    deployment: typed.deployment ?? null,
  };
}

function parseStart({ from, last }: TypedSelection, toMs: number): number | null {
  if (from !== undefined && last !== undefined)
    throw new UsageError("Expected --from or --last but received both");
  if (from !== undefined) return parseTimeMs("--from", from);
  return last === undefined ? null : toMs - parseSpan(last);
}

export function parseCount(text: string | undefined, byDefault: number): number {
  if (text === undefined) return byDefault;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= largestCount) return count;
  throw new UsageError(
    `Expected a number from 1 to ${largestCount} for --count but received ${text}; for more predictions choose a span of time: --last 30d`,
  );
}

function parseSpan(text: string): number {
  const spanMs = parseSpanMs(text);
  if (spanMs !== undefined) return spanMs;
  throw new UsageError(`Expected a span such as 90m, 24h or 30d for --last but received ${text}`);
}

const describe = (timeMs: number) => new Date(timeMs).toISOString();
