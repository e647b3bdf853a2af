import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findPython } from "../../../../scripts/python/find-python.ts";

let programs = "";

beforeEach(() => {
  programs = mkdtempSync(path.join(tmpdir(), "fundus-python-"));
  vi.stubEnv("PATH", programs);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(programs, { recursive: true, force: true });
});

/** Stands in for an interpreter of another version: it answers the one question that is asked. */
function addPython(name: string, answer: string): void {
  writeFileSync(path.join(programs, name), `#!/bin/sh\necho "${answer}"\n`);
  chmodSync(path.join(programs, name), 0o755);
}

it("takes the system's own Python if that will do", async () => {
  addPython("python3", "3 11 True");
  addPython("python3.12", "3 12 True");
  expect(await findPython()).toEqual({ program: "python3", version: "3.11" });
});

it("looks for a newer one beside a system's Python that is too old", async () => {
  addPython("python3", "3 9 True");
  addPython("python3.12", "3 12 True");
  expect(await findPython()).toEqual({ program: "python3.12", version: "3.12" });
});

it("says what is missing of one that cannot make virtual environments", async () => {
  addPython("python3", "3 11 False");
  await expect(findPython()).rejects.toThrow("sudo apt-get install python3.11-venv");
});

it("says which version it needs and what it found instead", async () => {
  addPython("python3", "3 8 True");
  await expect(findPython()).rejects.toThrow(
    "needs Python 3.10 or newer, but found only: python3 is 3.8. On Debian and Ubuntu: sudo apt-get install python3",
  );
});

it("says that there is none", async () => {
  await expect(findPython()).rejects.toThrow("but found none");
});
