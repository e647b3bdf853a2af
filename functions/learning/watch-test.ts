import type { ComparisonReport } from "../../shared/schemas/comparison-report.ts";
import type { Log } from "../../shared/schemas/log.ts";

/** A running A/B test, as the registry and the log show it. */
export interface RunningTest {
  challenger: string;
  /** The version that answered the newest request of the other arm. */
  champion: string;
  compare(): ComparisonReport;
}

export interface WatchTestDependencies {
  /** Undefined when no test is running. */
  findTest(): Promise<RunningTest | undefined>;
  /** Writes the reason to the challenger's version; environments that read it give it no more requests. */
  endTest(challenger: string, reason: string): Promise<void>;
  /** Keeps the report on the test that was ended. */
  trackReport(report: ComparisonReport): Promise<unknown>;
  log: Log;
}

/** What the job decided about the test. */
export interface WatchedTest {
  challenger?: string;
  verdict: string;
  ended: boolean;
}

/**
 * Ends an A/B test that breaks a guardrail, and says so in the registry, in the log and in a report.
 *
 * @throws what a dependency threw; a report that cannot be kept does not keep the test from being ended
 */
export async function watchTest(dependencies: WatchTestDependencies): Promise<WatchedTest> {
  const { findTest, endTest, trackReport, log } = dependencies;
  const test = await findTest();
  if (test === undefined) return { verdict: "No A/B test goes on", ended: false };
  const { challenger } = test;
  const report = test.compare();
  const broken = report.ab_test?.guardrails.filter(({ isBroken }) => isBroken) ?? [];
  if (broken.length === 0) return { challenger, verdict: report.verdict, ended: false };
  const reason = `${broken.map(({ text }) => text).join("; ")} (${report.compared_at})`;
  const ended = { ...report, ab_test: report.ab_test && { ...report.ab_test, ended: reason } };
  // The report last: while MLflow refuses the tag, every run finds the test again and would write one more.
  await endTest(challenger, reason);
  log.warn("The A/B test was ended by a guardrail", { challenger, reason });
  await trackReport(ended);
  return { challenger, verdict: reason, ended: true };
}
