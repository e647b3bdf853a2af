import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { moveChangelog, nextVersion, ReleaseError } from "./move-changelog.ts";

const gitTimeoutMs = 30_000;

const composeFile = "docker-compose.yml";
/** The image that is built from this project: its tag is the version. */
const serversImage = "fundus-lambda-servers";

/**
 * Moves version, changelog and tag together: one commit, one tag `v<version>`. Nothing is pushed. Workspaces have the
 * project's version.
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

  const { version: current, workspaces } = JSON.parse(readFileSync(at("package.json"), "utf8")) as {
    version: string;
    workspaces: string[];
  };
  const version = nextVersion(current, step);
  const changelog = moveChangelog(readFileSync(at("CHANGELOG.md"), "utf8"), version, date);
  const changes = git("status", "--porcelain").trim();
  if (changes !== "") throw new ReleaseError(`Expected no uncommitted changes but found:\n${changes}`);
  if (git("tag", "--list", `v${version}`).trim() !== "")
    throw new ReleaseError(`Expected no tag v${version}, but there is one`);

  writeFileSync(at("CHANGELOG.md"), changelog);
  const manifests = ["package.json", ...workspaces.map((folder) => `${folder}/package.json`)];
  for (const name of manifests) setVersion(at(name), version);
  setLockedVersions(at("package-lock.json"), ["", ...workspaces], version);
  const compose = readFileSync(at(composeFile), "utf8");
  writeFileSync(
    at(composeFile),
    compose.replaceAll(`${serversImage}:${current}`, `${serversImage}:${version}`),
  );
  const changed = ["CHANGELOG.md", "package-lock.json", composeFile, ...manifests];
  git("commit", "--quiet", "-m", `Release ${version}`, "--", ...changed);
  git("tag", "-a", `v${version}`, "-m", `Release ${version}`);
  return version;
}

function setVersion(file: string, version: string): void {
  rewriteJson<{ version: string }>(file, (manifest) => {
    manifest.version = version;
  });
}

/** @param folders of this project's own packages, the root's being "" */
function setLockedVersions(file: string, folders: readonly string[], version: string): void {
  rewriteJson<{ version: string; packages: Record<string, { version: string }> }>(file, (lock) => {
    lock.version = version;
    for (const folder of folders) Object.assign(lock.packages[folder] ?? {}, { version });
  });
}

function rewriteJson<T>(file: string, change: (content: T) => void): void {
  const content = JSON.parse(readFileSync(file, "utf8")) as T;
  change(content);
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
