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
function count(files: [string, string[]][], exitCode: number, errors: string[] = [], parts: string[] = []) {
  const report = path.join(directory, "report.json");
  const unhandledErrors = path.join(directory, "errors.json");
  const testResults = files.map(([status, tests], i) => ({
    name: path.resolve(`test/file-${i}.test.ts`),
    status,
    message: tests.length === 0 ? "Cannot find module\nand where" : "",
    assertionResults: tests.map((test) => ({
      status: test,
      fullName: `a sum is ${test}`,
      failureMessages: test === "failed" ? ["expected 1 to be 2\n    at line 3"] : [],
    })),
  }));
  writeFileSync(report, JSON.stringify({ testResults }));
  writeFileSync(unhandledErrors, JSON.stringify(errors));
  return countVitestOutcome("unit", { report, unhandledErrors }, exitCode, parts);
}

it("counts what passed, failed and was skipped, and names what failed or was skipped", () => {
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
    skipped: ["unit: test/file-0.test.ts > a sum is skipped"],
    failures: ["unit: test/file-1.test.ts > a sum is failed: expected 1 to be 2"],
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
  ).toEqual({
    passed: 1,
    failed: 1,
    skipped: [],
    failures: ["unit: test/file-1.test.ts: Cannot find module"],
  });
});

it("says that no file has such a path", () => {
  expect(() => count([], 1, [], ["nosuchfile", "other"])).toThrow(
    'No unit test file\'s path contains "nosuchfile" or "other"',
  );
});

it("counts an error outside of every test, and names it", () => {
  const error = `${path.resolve("test/file-0.test.ts")}: aborted\n    at line 3`;
  expect(count([["passed", ["passed"]]], 1, [error])).toEqual({
    passed: 1,
    failed: 1,
    skipped: [],
    failures: ["unit: test/file-0.test.ts: aborted (outside of every test)"],
  });
});

it("counts a run that fails without a reason", () => {
  expect(count([["passed", ["passed"]]], 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: [],
    failures: ["unit: vitest ended with code 1, 1 passed, no test failed"],
  });
});

it("counts a run without a test as failed", () => {
  expect(count([], 0)).toMatchObject({ passed: 0, failed: 1, skipped: [] });
  expect(count([["passed", ["skipped"]]], 0)).toMatchObject({
    passed: 0,
    failed: 1,
    skipped: [expect.any(String)],
  });
});

it("counts a run that left no report as failed", () => {
  const missing = path.join(directory, "missing.json");
  expect(countVitestOutcome("unit", { report: missing, unhandledErrors: missing }, 1)).toEqual({
    passed: 0,
    failed: 1,
    skipped: [],
    failures: ["unit: vitest ended with code 1 and left no report"],
  });
});

it("sums steps up", () => {
  const total = addOutcomes([
    { passed: 3, failed: 0, skipped: ["unit: a sum"], failures: [] },
    { passed: 2, failed: 1, skipped: [], failures: ["unit: broken"] },
  ]);
  expect(describeOutcome(total)).toBe("5 passed, 1 failed, 1 skipped");
  expect(total.failures).toEqual(["unit: broken"]);
  expect(total.skipped).toEqual(["unit: a sum"]);
});
