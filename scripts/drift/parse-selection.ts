import type { WindowSelection } from "../../shared/schemas/drift-report.ts";
import { UsageError } from "../cli/parse-command-line.mjs";
import { parseSpanMs, parseTimeMs } from "../cli/parse-time.ts";

/** The options that choose a window, as the command line gives them. */
export interface TypedSelection {
  count?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  last?: string | undefined;
  "model-version"?: string | undefined;
  session?: string | undefined;
  deployment?: string | undefined;
}

/**
 * Parses the options that choose a window: a span of time with --from or --last, else the last `count` predictions.
 *
 * @throws UsageError for an invalid time or span, or for contradictory options
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
    count: isSpan ? null : (typed.count ?? count),
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

function parseSpan(text: string): number {
  const spanMs = parseSpanMs(text);
  if (spanMs !== undefined) return spanMs;
  throw new UsageError(`Expected a span such as 90m, 24h or 30d for --last but received ${text}`);
}

const describe = (timeMs: number) => new Date(timeMs).toISOString();
