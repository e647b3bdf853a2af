import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadSecrets } from "../../../../scripts/stack/secrets.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "fundus-secrets-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

it("makes secrets up once, for their owner's eyes alone", () => {
  const secrets = loadSecrets(directory);
  expect(loadSecrets(directory)).toEqual(secrets);
  expect(statSync(path.join(directory, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(secrets)).size).toBe(5);
});
