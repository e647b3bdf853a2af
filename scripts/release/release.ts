import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { moveChangelog, nextVersion, ReleaseError } from "./move-changelog.ts";

const gitTimeoutMs = 30_000;

/** The files that contain the version; package-lock.json has it twice, at its top and for the root package. */
const manifests = ["package.json", "package-lock.json"];

/**
 * Moves version, changelog and tag together: one commit, one tag `v<version>`. Nothing is pushed.
 *
 * @param projectRoot a git checkout without uncommitted changes
 * @param step `major`, `minor`, `patch`, or a version
 * @param date the day of the release, `YYYY-MM-DD`
 * @returns the new version
 * @throws UsageError for a `step` that is none of these
 * @throws ReleaseError, before anything is written, when there is nothing to release or the checkout has changes
 */
export function release(projectRoot: string, step: string, date: string): string {
  const git = (...parameters: string[]) =>
    execFileSync("git", parameters, { cwd: projectRoot, encoding: "utf8", timeout: gitTimeoutMs });
  const at = (name: string) => path.join(projectRoot, name);

  const { version: current } = JSON.parse(readFileSync(at("package.json"), "utf8")) as { version: string };
  const version = nextVersion(current, step);
  const changelog = moveChangelog(readFileSync(at("CHANGELOG.md"), "utf8"), version, date);
  const changes = git("status", "--porcelain").trim();
  if (changes !== "") throw new ReleaseError(`Expected no uncommitted changes but found:\n${changes}`);
  if (git("tag", "--list", `v${version}`).trim() !== "")
    throw new ReleaseError(`Expected no tag v${version}, but there is one`);

  writeFileSync(at("CHANGELOG.md"), changelog);
  for (const name of manifests) setVersion(at(name), version);
  git("commit", "--quiet", "-m", `Release ${version}`, "--", "CHANGELOG.md", ...manifests);
  git("tag", "-a", `v${version}`, "-m", `Release ${version}`);
  return version;
}

function setVersion(file: string, version: string): void {
  const manifest = JSON.parse(readFileSync(file, "utf8")) as {
    version: string;
    packages?: Record<string, { version?: string }>;
  };
  manifest.version = version;
  const root = manifest.packages?.[""];
  if (root !== undefined) root.version = version;
  writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
}
