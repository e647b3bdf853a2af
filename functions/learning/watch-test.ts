import type { ComparisonReport } from "../../shared/schemas/comparison-report.ts";
import type { Log } from "../../shared/schemas/log.ts";

/** An A/B test that goes on, as the registry and the log show it. */
export interface RunningTest {
  challenger: string;
  /** The version that has served the most of the other arm's requests. */
  champion: string;
  compare(): ComparisonReport;
}

export interface WatchTestDependencies {
  /** Undefined where none goes on. */
  findTest(): Promise<RunningTest | undefined>;
  /** Writes the reason to the challenger's version: no environment gives it requests from then on. */
  endTest(challenger: string, reason: string): Promise<void>;
  /** Keeps the report on a test that was ended. */
  trackReport(report: ComparisonReport): Promise<unknown>;
  log: Log;
}

/** What became of the test. */
export interface WatchedTest {
  challenger?: string;
  verdict: string;
  ended: boolean;
}

/** Ends an A/B test whose guardrails are broken, and says so in the registry, in the log and in a report. */
export async function watchTest(dependencies: WatchTestDependencies): Promise<WatchedTest> {
  const { findTest, endTest, trackReport, log } = dependencies;
  const test = await findTest();
  if (test === undefined) return { verdict: "No A/B test goes on", ended: false };
  const { challenger } = test;
  const report = test.compare();
  const broken = report.ab_test?.guardrails.filter(({ isBroken }) => isBroken) ?? [];
  if (broken.length === 0) return { challenger, verdict: report.verdict, ended: false };
  const reason = `${broken.map(({ text }) => text).join("; ")} (${report.compared_at})`;
  await endTest(challenger, reason);
  log.warn("The A/B test was ended by a guardrail", { challenger, reason });
  await trackReport({ ...report, ab_test: report.ab_test && { ...report.ab_test, ended: reason } });
  return { challenger, verdict: reason, ended: true };
}
