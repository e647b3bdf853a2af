import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { installedProgram, localFolder, projectRoot } from "../stack/paths.ts";
import { showProgram } from "../stack/processes/run-program.ts";
import type { TestOutcome } from "./outcome.ts";
import { countVitestOutcome } from "./vitest-outcome.ts";

/** A machine that does other work may take three times as long as a quiet one. */
const timeoutMs = 45 * 60_000;
const vitest = installedProgram("vitest");
const unhandledErrorsReporter = path.join(import.meta.dirname, "unhandled-errors-reporter.ts");
const reports = path.join(localFolder, "test-reports");

export interface VitestRun {
  /** Parts of paths: only test files whose path contains one of them; when empty, all. */
  files?: string[];
  /** Whether to renew the files that tests write, instead of comparing with them. */
  update?: boolean | undefined;
  /** Only one part of the files, such as "1/2". */
  shard?: string | undefined;
  /** A file for its output instead of the terminal. */
  logFile?: string;
}

/** Runs the tests of one project of vitest.config.ts. */
export async function runVitest(
  project: string,
  { files = [], update = false, shard, logFile }: VitestRun,
): Promise<TestOutcome> {
  const name = shard === undefined ? project : `${project}-${shard.replace("/", "-of-")}`;
  const report = path.join(reports, `${name}.json`);
  const unhandledErrors = path.join(reports, `${name}-unhandled-errors.json`);
  mkdirSync(reports, { recursive: true });
  for (const file of [report, unhandledErrors]) rmSync(file, { force: true });
  const reporters = [
    "--reporter=default",
    ...["--reporter=json", `--outputFile.json=${report}`],
    ...[`--reporter=${unhandledErrorsReporter}`, `--outputFile.unhandled-errors=${unhandledErrors}`],
  ];
  const parameters = ["run", "--project", project, ...reporters];
  if (update) parameters.push("--update");
  if (shard !== undefined) parameters.push(`--shard=${shard}`);
  const output = logFile === undefined ? undefined : openSync(logFile, "w");
  try {
    const options = { directory: projectRoot, timeoutMs, output };
    const exitCode = await showProgram(vitest, [...parameters, ...files], options);
    return countVitestOutcome(name, { report, unhandledErrors }, exitCode, files);
  } finally {
    if (output !== undefined) closeSync(output);
  }
}

/** The log of a part of the tests that runs beside others. */
export const logFileOf = (title: string): string => path.join(reports, `${title.replaceAll(" ", "-")}.log`);

/** Runs tests, and again whenever a file that they use is saved, until Ctrl-C. Returns the exit code. */
export function watchTests(project: string, files: string[]): Promise<number> {
  const parameters = ["watch", "--project", project, ...files];
  return showProgram(vitest, parameters, { directory: projectRoot, isInteractive: true });
}
