import { appendFileSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { rotateLog } from "../../../../../scripts/stack/servers/rotate-log.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "rotate-log-"));
  file = path.join(folder, "server.log");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("puts a long log aside, and what writes to it goes on at its beginning", () => {
  const open = openSync(file, "a");
  writeSync(open, "a long log\n");
  rotateLog(file, 5);
  writeSync(open, "more\n");
  expect(readFileSync(`${file}.previous`, "utf8")).toBe("a long log\n");
  expect(readFileSync(file, "utf8")).toBe("more\n");
});

it("leaves a short log, and one that is not there yet", () => {
  rotateLog(file, 5);
  appendFileSync(file, "12345");
  rotateLog(file, 5);
  expect(readFileSync(file, "utf8")).toBe("12345");
  expect(existsSync(`${file}.previous`)).toBe(false);
});
