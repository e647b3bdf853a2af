import type { ModelVersion } from "../../mlflow/types.ts";
import type { ServedVersion } from "../../schemas/served-version.ts";
import type { AuditEntry } from "./audit.ts";

/** A session that began to load a version just before a move reports it just after the move. */
const graceMs = 120_000;

export interface MoveEvidence {
  /** `Production`, or `@champion` for an alias. */
  pointer: string;
  /** Number of the version that has it now; undefined when none has. */
  current: string | undefined;
  /** Oldest first. */
  entries: readonly AuditEntry[];
  /** Every version of the model, as the registry has it. */
  versions: readonly ModelVersion[];
  /** What sessions of the service answered with. */
  served: readonly ServedVersion[];
}

/**
 * The version that had a stage or an alias before the current one, whoever moved it. Moves made with this project's
 * commands are in the audit entries. Moves from Python or MLflow's UI leave traces: MLflow gives the version that
 * enters a stage and those that leave it the same time of change, and sessions of the service report what they answer
 * with. Where no version has the stage now, one that was archived since it had it is not proposed again.
 *
 * @returns its number; undefined when nothing tells, or the version was deleted
 */
export function findPreviousVersion(evidence: MoveEvidence): string | undefined {
  const { pointer, current, entries, versions } = evidence;
  const moves = entries.filter((entry) => entry.pointer === pointer);
  const previous = findBefore(evidence, moves);
  const record = versions.find(({ version }) => version === previous);
  if (record === undefined) return findPromotedFrom(moves, previous, versions);
  if (current === undefined && record.current_stage === "Archived" && !pointer.startsWith("@"))
    return findPreviousVersion({ ...evidence, current: previous });
  return previous;
}

/** May have been deleted since. */
function findBefore(evidence: MoveEvidence, moves: readonly AuditEntry[]): string | undefined {
  const { pointer, current, versions } = evidence;
  const last = moves.at(-1);
  const served = findServedBefore(evidence, last);
  const record = versions.find(({ version }) => version === current);
  if (last !== undefined && last.to === current && !wasMovedSince(last, record) && served === undefined)
    return findPromotedFrom(moves, current, versions);

  const replaced = pointer.startsWith("@") ? undefined : findReplaced(record, pointer, versions);
  // A version that had the stage but never answered, where another one did since the last entry, could not be served.
  const hasServed = evidence.served.some(({ version }) => version === replaced);
  const previous = replaced !== undefined && (hasServed || served === undefined) ? replaced : served;
  if (previous !== undefined) return previous;
  return last?.to === current ? findPromotedFrom(moves, current, versions) : last?.to;
}

/**
 * The version before the promotion of another, so that rolling back twice goes back two promotions. Versions that were
 * deleted since are passed over.
 */
function findPromotedFrom(
  moves: readonly AuditEntry[],
  promoted: string | undefined,
  versions: readonly ModelVersion[],
): string | undefined {
  let wanted = promoted;
  for (const { action, to, from } of moves.toReversed()) {
    if (action !== "promote" || to !== wanted) continue;
    if (from === null || versions.some(({ version }) => version === from)) return from ?? undefined;
    wanted = from;
  }
  return undefined;
}

/** False for an alias: MLflow keeps no time of its changes. */
function wasMovedSince({ pointer, at }: AuditEntry, record: ModelVersion | undefined): boolean {
  return !pointer.startsWith("@") && (record?.last_updated_timestamp ?? 0) > Date.parse(at);
}

/** The version that left the stage in the same move, or is still in it because the move did not archive it. */
function findReplaced(
  current: ModelVersion | undefined,
  stage: string,
  versions: readonly ModelVersion[],
): string | undefined {
  const movedMs = current?.last_updated_timestamp;
  if (movedMs === undefined) return undefined;
  const others = versions.filter((other) => other.version !== current?.version);
  const left = others.filter(
    (other) => other.current_stage === "Archived" && other.last_updated_timestamp === movedMs,
  );
  const stayed = others.filter(
    (other) => other.current_stage === stage && (other.last_updated_timestamp ?? 0) < movedMs,
  );
  // Of several versions in a stage the highest number served.
  const [highest] = [...left, ...stayed].sort((a, b) => Number(b.version) - Number(a.version));
  return highest?.version;
}

/** The version that served last before the current one, unless the last audit entry is newer. */
function findServedBefore(
  { pointer, current, served, versions }: MoveEvidence,
  last: AuditEntry | undefined,
): string | undefined {
  const sinceMs = last === undefined ? 0 : Date.parse(last.at) + graceMs;
  const known = new Set(versions.map(({ version }) => version));
  const [latest] = served
    .filter(({ foundBy, version }) => foundBy === pointer && version !== current && known.has(version))
    .filter((observation) => observation.sinceMs > sinceMs)
    .sort((a, b) => b.sinceMs - a.sinceMs);
  return latest?.version;
}
