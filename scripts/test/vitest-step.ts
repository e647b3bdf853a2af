import { rmSync } from "node:fs";
import path from "node:path";
import { localFolder } from "../stack/paths.ts";
import type { Outcome } from "./outcome.ts";
import { runProgram } from "./run-program.ts";
import { countVitestOutcome } from "./vitest-outcome.ts";

const timeoutMs = 20 * 60_000;

/**
 * Runs the tests of one directory under test/, each a project of vitest.config.ts.
 *
 * @param files parts of paths: only test files that hold one of them; none: all
 */
export async function runVitestStep(project: string, files: string[]): Promise<Outcome> {
  const reportFile = path.join(localFolder, "test-reports", `${project}.json`);
  rmSync(reportFile, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const exitCode = await runProgram("vitest", ["run", "--project", project, ...reporters, ...files], {
    timeoutMs,
  });
  return countVitestOutcome(reportFile, exitCode);
}

/** Runs tests again whenever a file that they use is saved, until Ctrl-C. Returns the exit code. */
export function watchTests(project: string, files: string[]): Promise<number> {
  return runProgram("vitest", ["watch", "--project", project, ...files], { isInteractive: true });
}
