import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const packages = {
  "": { name: "project" },
  "node_modules/kept": { version: "1.0.0" },
  "node_modules/other-platform": { version: "1.0.0", optional: true },
};

const slowNpmMs = 500;

/** Stands in for npm's program alone: what install.mjs does around it is what is tested. */
const npm = `#!/bin/sh
echo "$1" >> npm-calls.txt
if [ -e npm-shrinkwrap.json ]; then cp npm-shrinkwrap.json used-lock.json; fi
if [ "$1" = ci ] && [ -e registry-has-other-addresses ] && [ -e npm-shrinkwrap.json ]; then echo "npm error code E404" >&2; exit 1; fi
if [ -e npm-fails ]; then echo "getaddrinfo ENOTFOUND registry" >&2; exit 1; fi
case "$1" in
  ci) rm -rf node_modules; mkdir -p node_modules; if [ -e npm-is-slow ]; then sleep ${slowNpmMs / 1000}; fi; cp installed.json node_modules/.package-lock.json;;
  rebuild) mkdir -p node_modules/node/bin; touch node_modules/node/bin/node;;
esac
`;

let project = "";

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "fundus-install-"));
  const programs = ["scripts/install.mjs", "scripts/progress.mjs", "scripts/cli/check-node.mjs"];
  for (const name of [...programs, "shared/resilience/lock.mjs"])
    cpSync(path.resolve(name), path.join(project, name));
  mkdirSync(path.join(project, "programs"));
  writeFileSync(path.join(project, "programs/npm"), npm);
  chmodSync(path.join(project, "programs/npm"), 0o755);
  writeLockFile("package-lock.json", packages);
  writeLockFile("installed.json", { "node_modules/kept": { version: "1.0.0" } });
  writeFileSync(path.join(project, "npm-calls.txt"), "");
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

function writeLockFile(name: string, content: Record<string, object>): void {
  writeFileSync(path.join(project, name), JSON.stringify({ packages: content }));
}

function readCalls(): string[] {
  return readFileSync(path.join(project, "npm-calls.txt"), "utf8").split("\n").filter(Boolean);
}

async function install(settings: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
  const environment = { PATH: `${path.join(project, "programs")}:${process.env.PATH}`, ...settings };
  const child: ChildProcess = spawn(process.execPath, ["scripts/install.mjs"], {
    cwd: project,
    env: environment,
  });
  let output = "";
  child.stdout?.on("data", (text) => {
    output += text;
  });
  child.stderr?.on("data", (text) => {
    output += text;
  });
  const [code] = await once(child, "close");
  return { code, output };
}

/** Interrupts an installation while npm is at work, as a terminal does: the signal goes to their whole group, or to it alone. */
async function interruptInstall(
  signal: NodeJS.Signals,
  { groupToo } = { groupToo: true },
): Promise<NodeJS.Signals | null> {
  writeFileSync(path.join(project, "npm-is-slow"), "");
  const environment = { PATH: `${path.join(project, "programs")}:${process.env.PATH}` };
  const options = { cwd: project, env: environment, detached: true };
  const child = spawn(process.execPath, ["scripts/install.mjs"], options);
  while (!existsSync(path.join(project, "node_modules"))) await sleep(5);
  expect(existsSync(path.join(project, "npm-shrinkwrap.json"))).toBe(true);
  process.kill((groupToo ? -1 : 1) * (child.pid ?? Number.NaN), signal);
  const [, endedBy] = await once(child, "close");
  return endedBy;
}

describe("install.mjs", () => {
  it("brings the packages and Node 22 into a fresh clone, and then has nothing to do", async () => {
    expect(await install()).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /✓ Installing the npm packages .*\n… Installing Node 22.*\n✓ Installing Node 22/,
      ),
    });
    expect(readCalls()).toEqual(["ci", "rebuild"]);
    expect(await install()).toEqual({ code: 0, output: "" });
    expect(readCalls()).toEqual(["ci", "rebuild"]);
  });

  it("tells npm where each package is, in a file that is gone afterwards", async () => {
    const integrity = "sha512-";
    writeLockFile("package-lock.json", {
      ...packages,
      "node_modules/kept": { version: "1.0.0", integrity },
      "node_modules/kept/node_modules/@scope/alias": {
        name: "@scope/real",
        version: "2.0.0",
        integrity,
        optional: true,
      },
    });
    expect((await install()).code).toBe(0);
    const used = JSON.parse(readFileSync(path.join(project, "used-lock.json"), "utf8")).packages;
    const addresses = Object.values<{ resolved?: string }>(used).map(({ resolved }) =>
      resolved?.replace(/^https:\/\/[^/]+/, ""),
    );
    expect(addresses).toEqual([
      undefined,
      "/kept/-/kept-1.0.0.tgz",
      undefined,
      "/@scope/real/-/real-2.0.0.tgz",
    ]);
    expect(existsSync(path.join(project, "npm-shrinkwrap.json"))).toBe(false);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "takes that file away also when %s ends it",
    async (signal) => {
      expect(await interruptInstall(signal)).toBe(signal);
      expect(existsSync(path.join(project, "npm-shrinkwrap.json"))).toBe(false);
    },
  );

  it("leaves no npm at work when it alone is ended, as by an editor's stop button", async () => {
    expect(await interruptInstall("SIGTERM", { groupToo: false })).toBe("SIGTERM");
    expect(existsSync(path.join(project, "npm-shrinkwrap.json"))).toBe(false);
    await sleep(slowNpmMs);
    expect(existsSync(path.join(project, "node_modules/.package-lock.json"))).toBe(false);
  });

  it("lets npm ask the registry where its packages are at other addresses", async () => {
    writeFileSync(path.join(project, "registry-has-other-addresses"), "");
    expect((await install()).code).toBe(0);
    expect(readCalls()).toEqual(["ci", "ci", "rebuild"]);
  });

  it("finds another npm once the Node that npm ran on, the project's own, has gone with node_modules", async () => {
    const gone = path.join(project, "node_modules/node/bin/node");
    const settings = { npm_execpath: path.join(project, "npm-cli.js"), npm_node_execpath: gone };
    expect((await install(settings)).code).toBe(0);
    expect(readCalls()).toEqual(["ci", "rebuild"]);
  });

  it("does not install again for another version of a workspace, which is a link", async () => {
    const link = { "node_modules/client": { resolved: "shared/client", link: true } };
    writeLockFile("installed.json", { "node_modules/kept": { version: "1.0.0" }, ...link });
    writeLockFile("package-lock.json", { ...packages, ...link, "shared/client": { version: "1.0.0" } });
    await install();
    writeLockFile("package-lock.json", { ...packages, ...link, "shared/client": { version: "2.0.0" } });
    expect(await install()).toEqual({ code: 0, output: "" });
    expect(readCalls()).toEqual(["ci", "rebuild"]);
  });

  it("installs again when package-lock.json names another version", async () => {
    await install();
    writeLockFile("package-lock.json", { ...packages, "node_modules/kept": { version: "2.0.0" } });
    writeLockFile("installed.json", { "node_modules/kept": { version: "2.0.0" } });
    expect((await install()).code).toBe(0);
    expect(readCalls()).toEqual(["ci", "rebuild", "ci", "rebuild"]);
  });

  it("installs again after an installation that was ended half-way", async () => {
    await install();
    rmSync(path.join(project, "node_modules/.package-lock.json"));
    expect((await install()).code).toBe(0);
    expect(readCalls()).toEqual(["ci", "rebuild", "ci", "rebuild"]);
  });

  it("brings Node 22 back when that alone is missing", async () => {
    await install();
    rmSync(path.join(project, "node_modules/node/bin/node"));
    expect((await install()).code).toBe(0);
    expect(readCalls()).toEqual(["ci", "rebuild", "rebuild"]);
  });

  it("shows why npm failed and what to do", async () => {
    writeFileSync(path.join(project, "npm-fails"), "");
    const { code, output } = await install();
    expect(code).toBe(1);
    expect(output).toContain("getaddrinfo ENOTFOUND registry");
    expect(output).toContain("check the connection or proxy, then run the same command again");
  });

  it("installs once when it is started twice at the same time", async () => {
    writeFileSync(path.join(project, "npm-is-slow"), "");
    const results = await Promise.all([install(), install()]);
    expect(results.map((result) => result.code)).toEqual([0, 0]);
    expect(readCalls()).toEqual(["ci", "rebuild"]);
  });
});
