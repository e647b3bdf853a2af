import type { ServedPeriod } from "../../schemas/comparison-report.ts";
import type { ServedVersion } from "../../schemas/served-version.ts";
import type { AuditEntry } from "./audit.ts";

/** Who moved a version of which only the service's sessions tell. */
export const seenInService = "seen in service";
/** Sessions follow a move with some delay. */
const graceMs = 10 * 60_000;

interface Beginning {
  version: string;
  sinceMs: number;
  by: string;
}

/**
 * Which version had a pointer from when to when, oldest first. Moves made with this project's commands are known from
 * their audit entries, moves from Python or MLflow's UI from the versions that sessions of the service reported to
 * serve.
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
    .map(({ version, sinceMs }) => ({ version, sinceMs, by: seenInService }))
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

/** Whether a session still served the version before a move: one that began to load it goes on with it for a moment. */
const follows = (moves: readonly Beginning[], version: string, timeMs: number): boolean =>
  moves.some(({ sinceMs }, index) => {
    const before = moves[index - 1]?.version;
    return before === version && timeMs >= sinceMs && timeMs < sinceMs + graceMs;
  });
