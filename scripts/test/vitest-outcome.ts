import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import type { Outcome } from "./outcome.ts";

/** The parts of vitest's JSON report that are read here (its format is Jest's). */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Counts the tests of one run of vitest. What is not a test but went wrong counts as one failure: a file that
 * cannot be loaded, an error outside of every test, no report, no test at all.
 */
export function countVitestOutcome(reportFile: string, exitCode: number): Outcome {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(reportFile, "utf8")));
  const statuses = testResults.flatMap((file) => file.assertionResults.map((test) => test.status));
  const passed = statuses.filter((status) => status === "passed").length;
  const failedTests = statuses.filter((status) => status === "failed").length;
  const brokenFiles = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = failedTests + brokenFiles;
  const skipped = statuses.length - passed - failedTests;
  const hiddenFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: hiddenFailure ? 1 : failed, skipped };
}
