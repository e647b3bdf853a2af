import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../../../scripts/cli/commands.mjs";
import { parseCommandLine } from "../../../../scripts/cli/parse-command-line.mjs";
import { renderHelp } from "../../../../scripts/cli/render-help.mjs";
import { steps } from "../../../../scripts/test/steps.ts";

const projectRoot = path.resolve(import.meta.dirname, "../../../..");

/** A fresh clone: no packages, and no npm on the PATH that could install some. */
let clone = "";
beforeAll(() => {
  clone = mkdtempSync(path.join(tmpdir(), "fundus-commands-"));
  for (const name of ["scripts", "shared/resilience", "package-lock.json"])
    cpSync(path.join(projectRoot, name), path.join(clone, name), { recursive: true });
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

function fundus(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/fundus.mjs", ...words], {
    cwd: clone,
    encoding: "utf8",
    env: { PATH: "" },
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

describe("fundus", () => {
  it("stands behind every npm script, under its name", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(projectRoot, "package.json"), "utf8"));
    expect(scripts).toEqual(
      Object.fromEntries(Object.keys(commands).map((name) => [name, `node scripts/fundus.mjs ${name}`])),
    );
  });

  it.each(Object.entries(commands))("has a module for %s", async (_, { module }) => {
    expect(existsSync(path.join(projectRoot, "scripts/cli", module))).toBe(true);
  });

  it.each(Object.entries(commands))("explains %s", (name, command) => {
    expect(parseCommandLine(command, ["--help"], {}).values.help).toBe(true);
    const help = renderHelp(name, command);
    expect(help).toMatch(/^Usage: npm /);
    expect(help.replace(/\s+/g, " ")).toContain(command.summary);
  });

  it("names every step in the help of npm test", () => {
    const [step] = commands.test.operands;
    const named = step.text.replace("only these: ", "").split(", ");
    expect(named.sort()).toEqual(Object.keys(steps).sort());
  });

  it("explains a command and does nothing else", () => {
    const help = `${renderHelp("promote", commands.promote)}\n`;
    expect(fundus("promote", "--help")).toEqual({ status: 0, stdout: help, stderr: "" });
    expect(existsSync(path.join(clone, "node_modules"))).toBe(false);
  });

  it("refuses what a command does not know before it installs anything", () => {
    expect(fundus("stop", "now")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^Usage: npm stop\n[\s\S]*\n\nExpected only options but received now\n$/),
    });
    expect(fundus("promote", "3", "--stag", "x")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^Usage: npm run promote -- VERSION \[options\]\n[\s\S]*\n\nUnknown option '--stag'\n$/,
      ),
    });
    expect(existsSync(path.join(clone, "node_modules"))).toBe(false);
  });

  it("lists its commands, and refuses others", () => {
    expect(fundus("--help")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ {2}promote +Moves/),
    });
    expect(fundus("constructor")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        / {2}promote +Moves[\s\S]*\n\nExpected a command but received constructor\n$/,
      ),
    });
    expect(fundus("modles").stderr).toMatch(
      /\n\nExpected a command but received modles. Did you mean models\?\n$/,
    );
    expect(fundus()).toMatchObject({ status: 2, stderr: expect.stringContaining("received nothing") });
  });
});
