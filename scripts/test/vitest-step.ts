import { rmSync } from "node:fs";
import path from "node:path";
import { installedProgram, localFolder, projectRoot } from "../stack/paths.ts";
import { showCommand } from "../stack/run-command.ts";
import type { Outcome } from "./outcome.ts";
import { countVitestOutcome } from "./vitest-outcome.ts";

const timeoutMs = 20 * 60_000;
const vitest = installedProgram("vitest");

/**
 * Runs the tests of one directory under test/, each a project of vitest.config.ts.
 *
 * @param files parts of paths: only test files that hold one of them; none: all
 */
export async function runVitestStep(project: string, files: string[]): Promise<Outcome> {
  const reportFile = path.join(localFolder, "test-reports", `${project}.json`);
  rmSync(reportFile, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const parameters = ["run", "--project", project, ...reporters, ...files];
  const exitCode = await showCommand(vitest, parameters, { directory: projectRoot, timeoutMs });
  return countVitestOutcome(reportFile, exitCode);
}

/** Runs tests again whenever a file that they use is saved, until Ctrl-C. Returns the exit code. */
export function watchTests(project: string, files: string[]): Promise<number> {
  const parameters = ["watch", "--project", project, ...files];
  return showCommand(vitest, parameters, { directory: projectRoot, isInteractive: true });
}
