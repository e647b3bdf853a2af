import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { projectRoot } from "../stack/paths.ts";
import type { TestOutcome } from "./outcome.ts";

/** The parts of vitest's JSON report that are read here (its format is Jest's). */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
type TestFile = z.infer<typeof reportSchema>["testResults"][number];
const unhandledErrorsSchema = z.array(z.string());

/** The files that one run of vitest writes. */
export interface VitestReports {
  report: string;
  unhandledErrors: string;
}

/**
 * Counts the tests of one run of vitest. Anything else that went wrong counts as one failure: a file that cannot be loaded, an
 * error outside of every test, no report, no test at all.
 *
 * @param step name of the step, with which each line of `failures` begins
 * @param files parts of paths to which the run was limited
 * @throws Error when no test file has such a path
 */
export function countVitestOutcome(
  step: string,
  { report, unhandledErrors }: VitestReports,
  exitCode: number,
  files: readonly string[] = [],
): TestOutcome {
  if (!existsSync(report)) {
    const failure = `${step}: vitest ended with code ${exitCode} and left no report`;
    return { passed: 0, failed: 1, skipped: [], failures: [failure] };
  }
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  if (testResults.length === 0 && files.length > 0) {
    const parts = files.map((file) => `"${file}"`).join(" or ");
    throw new Error(`No ${step} test file's path contains ${parts}: give a part of a path, such as image`);
  }
  const tests = testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter(isPassed).length;
  const failures = [...testResults.flatMap(listFailures), ...listUnhandledErrors(unhandledErrors)].map(
    (failure) => `${step}: ${failure}`,
  );
  const skipped = testResults.flatMap(listSkipped).map((test) => `${step}: ${test}`);
  if (failures.length === 0 && (exitCode !== 0 || passed === 0)) {
    failures.push(`${step}: vitest ended with code ${exitCode}, ${passed} passed, no test failed`);
  }
  return { passed, failed: failures.length, skipped, failures };
}

const isPassed = ({ status }: { status: string }): boolean => status === "passed";
const isFailed = ({ status }: { status: string }): boolean => status === "failed";

/** Lists the failed tests of a file, or the file itself if it could not be loaded. */
function listFailures({ name, status, message, assertionResults }: TestFile): string[] {
  const file = path.relative(projectRoot, name);
  const failed = assertionResults.filter(isFailed);
  if (failed.length === 0 && status === "failed") return [`${file}: ${firstLine(message)}`];
  return failed.map(
    ({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages?.[0] ?? "")}`,
  );
}

function listSkipped({ name, assertionResults }: TestFile): string[] {
  const file = path.relative(projectRoot, name);
  const skipped = assertionResults.filter((test) => !isPassed(test) && !isFailed(test));
  return skipped.map(({ fullName }) => `${file} > ${fullName}`);
}

function listUnhandledErrors(file: string): string[] {
  if (!existsSync(file)) return [];
  const errors = unhandledErrorsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return errors.map((error) => `${path.relative(projectRoot, firstLine(error))} (outside of every test)`);
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
