import { UsageError } from "../cli/parse-command-line.mjs";

/** There is nothing to release, or the version cannot be the next one. */
export class ReleaseError extends Error {}

const unreleasedHeading = "## [Unreleased]";

/**
 * Moves the changes under "Unreleased" to a heading of the version's own, and leaves an empty "Unreleased" above it.
 *
 * @param date the day of the release, `YYYY-MM-DD`
 * @throws ReleaseError when there are no changes under "Unreleased"
 */
export function moveChangelog(changelog: string, version: string, date: string): string {
  const start = changelog.indexOf(unreleasedHeading);
  if (start === -1) throw new ReleaseError(`Expected a heading "${unreleasedHeading}" in CHANGELOG.md`);
  const after = changelog.slice(start + unreleasedHeading.length);
  const end = after.search(/^## \[/m);
  const changes = (end === -1 ? after : after.slice(0, end)).trim();
  if (changes === "")
    throw new ReleaseError(`Expected changes under "${unreleasedHeading}" in CHANGELOG.md, but it is empty`);
  const older = end === -1 ? "" : `\n${after.slice(end)}`;
  return `${changelog.slice(0, start)}${unreleasedHeading}\n\n## [${version}] - ${date}\n\n${changes}\n${older}`;
}

/**
 * Computes the version after `current`, by Semantic Versioning.
 *
 * @param step `major`, `minor`, `patch`, or a version such as `1.4.0`
 * @throws UsageError when `step` is something else, or a version that is not above `current`
 */
export function nextVersion(current: string, step: string): string {
  const [major, minor, patch] = parseVersion(current);
  if (step === "major") return `${major + 1}.0.0`;
  if (step === "minor") return `${major}.${minor + 1}.0`;
  if (step === "patch") return `${major}.${minor}.${patch + 1}`;
  if (!isAbove(parseVersion(step), [major, minor, patch]))
    throw new UsageError(`Expected a version above ${current} but received ${step}`);
  return step;
}

type Version = [major: number, minor: number, patch: number];

function parseVersion(text: string): Version {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (match === null)
    throw new UsageError(`Expected major, minor, patch or a version such as 1.4.0 but received ${text}`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

function isAbove(candidate: Version, current: Version): boolean {
  const index = candidate.findIndex((part, position) => part !== current[position]);
  return index !== -1 && (candidate[index] ?? 0) > (current[index] ?? 0);
}
