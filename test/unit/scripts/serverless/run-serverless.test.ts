import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runServerless } from "../../../../scripts/serverless/run-serverless.ts";

let service: string;
let temporary: string;

beforeEach(() => {
  service = mkdtempSync(path.join(tmpdir(), "run-serverless-"));
  temporary = path.join(service, "tmp");
  mkdirSync(temporary);
  const leaveFile = `
    const file = require("node:path").join(require("node:os").tmpdir(), "left");
    module.exports = class { constructor() { require("node:fs").writeFileSync(file, ""); } };`;
  writeFileSync(path.join(service, "leave-file.cjs"), leaveFile);
  const template = {
    service: "left-files",
    provider: { name: "aws" },
    plugins: ["./leave-file.cjs"],
    custom: { folder: `\${env:TMPDIR}` },
  };
  writeFileSync(path.join(service, "serverless.yml"), JSON.stringify(template));
  vi.stubEnv("TMPDIR", temporary);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(service, { recursive: true });
});

it("leaves none of the temporary files that a plugin left", async () => {
  const words = ["print", "--path", "custom.folder", "--format", "json"];
  const printed = await runServerless(words, { directory: service, timeoutMs: 60_000 });
  expect(path.dirname(JSON.parse(printed))).toBe(temporary);
  expect(readdirSync(temporary)).toEqual([]);
}, 60_000);
