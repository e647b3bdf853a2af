import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { release } from "../../../../scripts/release/release.ts";

let folder: string;
const git = (...parameters: string[]) => execFileSync("git", parameters, { cwd: folder, encoding: "utf8" });
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");

const createLock = (version: string) => ({
  version,
  packages: {
    "": { version },
    part: { version },
    "node_modules/other": { version: "0.1.0" },
    "node_modules/part": { resolved: "part", link: true },
  },
});
const compose = (version: string) =>
  `a: { image: other:0.1.0 }\nb: { image: fundus-lambda-servers:${version} }\nc: { image: fundus-lambda-servers:${version} }\n`;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fundus-release-"));
  write("package.json", JSON.stringify({ name: "x", version: "0.1.0", workspaces: ["part"] }));
  mkdirSync(path.join(folder, "part"));
  write("part/package.json", JSON.stringify({ name: "part", version: "0.1.0" }));
  write("package-lock.json", JSON.stringify(createLock("0.1.0")));
  write("docker-compose.yml", compose("0.1.0"));
  write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- New\n");
  git("init", "--quiet");
  git("config", "user.name", "test");
  git("config", "user.email", "test@example.org");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("moves version, changelog and tag together", () => {
  expect(release(folder, "minor", "2026-12-01")).toBe("0.2.0");
  expect(read("package.json")).toBe(
    '{\n  "name": "x",\n  "version": "0.2.0",\n  "workspaces": [\n    "part"\n  ]\n}\n',
  );
  expect(JSON.parse(read("part/package.json"))).toEqual({ name: "part", version: "0.2.0" });
  expect(JSON.parse(read("package-lock.json"))).toEqual(createLock("0.2.0"));
  expect(read("docker-compose.yml")).toBe(compose("0.2.0"));
  expect(read("CHANGELOG.md")).toContain("## [0.2.0] - 2026-12-01\n\n- New");
  expect(git("status", "--porcelain")).toBe("");
  expect(git("log", "--format=%s", "-1", "v0.2.0").trim()).toBe("Release 0.2.0");
});

it("refuses uncommitted changes and a tag that exists, and writes nothing", () => {
  write("other", "x");
  expect(() => release(folder, "patch", "2026-12-01")).toThrow("?? other");
  rmSync(path.join(folder, "other"));
  git("tag", "v0.1.1");
  expect(() => release(folder, "patch", "2026-12-01")).toThrow("v0.1.1");
  expect(git("status", "--porcelain")).toBe("");
  expect(read("CHANGELOG.md")).not.toContain("0.1.1");
});

it("refuses a second release without changes", () => {
  release(folder, "minor", "2026-12-01");
  expect(() => release(folder, "minor", "2026-12-02")).toThrow("it is empty");
});
