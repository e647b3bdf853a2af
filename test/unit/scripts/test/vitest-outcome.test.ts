import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addOutcomes, describeOutcome } from "../../../../scripts/test/outcome.ts";
import { countVitestOutcome } from "../../../../scripts/test/vitest-outcome.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "fundus-report-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A report as vitest writes it: for each file its own status and those of its tests. */
function count(files: [string, string[]][], exitCode: number) {
  const reportFile = path.join(directory, "report.json");
  const testResults = files.map(([status, tests]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  }));
  writeFileSync(reportFile, JSON.stringify({ testResults }));
  return countVitestOutcome(reportFile, exitCode);
}

it("counts what passed, failed and was skipped", () => {
  expect(
    count(
      [
        ["passed", ["passed", "passed", "skipped"]],
        ["failed", ["failed", "passed"]],
      ],
      1,
    ),
  ).toEqual({
    passed: 3,
    failed: 1,
    skipped: 1,
  });
});

it("counts a file that could not be loaded", () => {
  expect(
    count(
      [
        ["passed", ["passed"]],
        ["failed", []],
      ],
      1,
    ),
  ).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

it("counts an error outside of every test", () => {
  expect(count([["passed", ["passed"]]], 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

it("counts a run without a test as failed", () => {
  expect(count([], 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(count([["passed", ["skipped"]]], 0)).toEqual({ passed: 0, failed: 1, skipped: 1 });
});

it("counts a run that left no report as failed", () => {
  expect(countVitestOutcome(path.join(directory, "missing.json"), 1)).toEqual({
    passed: 0,
    failed: 1,
    skipped: 0,
  });
});

it("sums steps up", () => {
  const total = addOutcomes([
    { passed: 3, failed: 0, skipped: 1 },
    { passed: 2, failed: 1, skipped: 0 },
  ]);
  expect(describeOutcome(total)).toBe("5 passed, 1 failed, 1 skipped");
});
