import type { ServedPeriod } from "../schemas/comparison-report.ts";
import type { ServedVersion } from "../schemas/served-version.ts";
import type { AuditEntry } from "./audit.ts";

/** Sessions say a little after a move what they answer with. */
const graceMs = 10 * 60_000;

interface Beginning {
  version: string;
  sinceMs: number;
  by: string;
}

/**
 * Which version had a pointer from when to when, oldest first: by the audit entries of what was moved from here; of what was
 * moved from Python or in MLflow's pages by what sessions of the service said that they answered with.
 *
 * @param pointer `Production`, or `@champion` for an alias
 */
export function describeHistory(
  pointer: string,
  entries: readonly AuditEntry[],
  served: readonly ServedVersion[],
): ServedPeriod[] {
  const moves = entries
    .filter((entry) => entry.pointer === pointer)
    .map(({ to, at, who, forced }) => ({
      version: to,
      sinceMs: Date.parse(at),
      by: forced === undefined ? who : `${who}, forced: ${forced}`,
    }));
  const seen = served
    .filter(({ foundBy }) => foundBy === pointer)
    .map(({ version, sinceMs }) => ({ version, sinceMs, by: "seen in service" }))
    .filter(
      ({ version, sinceMs }) => versionAt(moves, sinceMs) !== version && !follows(moves, version, sinceMs),
    );
  const beginnings = [...moves, ...seen].sort((a, b) => a.sinceMs - b.sinceMs);
  return beginnings
    .filter(({ version }, index) => version !== beginnings[index - 1]?.version)
    .map(({ version, sinceMs, by }, index, periods) => {
      const next = periods[index + 1];
      return {
        version,
        since: new Date(sinceMs).toISOString(),
        until: next === undefined ? null : new Date(next.sinceMs).toISOString(),
        by,
      };
    });
}

const versionAt = (moves: readonly Beginning[], timeMs: number): string | undefined =>
  moves.findLast(({ sinceMs }) => sinceMs <= timeMs)?.version;

/** A session that started to load a version just before a move goes on with it for a moment. */
const follows = (moves: readonly Beginning[], version: string, timeMs: number): boolean =>
  moves.some(({ sinceMs }, index) => {
    const before = moves[index - 1]?.version;
    return before === version && timeMs >= sinceMs && timeMs < sinceMs + graceMs;
  });
