import type { DriftReport } from "../schemas/drift-report.ts";
import { describeVerdict, listNextSteps } from "./advice.ts";
import { wordsOf } from "./words/words-of.ts";

/**
 * A report in a few lines of Markdown, for the description of its run in MLflow: verdict, causes, what to do, a link to
 * the whole report.
 *
 * @param address of the page
 */
export function renderDriftReportMarkdown(report: DriftReport, address: string): string {
  const { verdict, next } = describeVerdict(report);
  const words = wordsOf(report.language);
  const causes = report.causes.map(
    ({ name, severity, happened }) =>
      `- ${escapeMarkdown(happened)} (\`${name}\`, ${words.comparison.severity[severity]})`,
  );
  const steps = listNextSteps(report).map((step, at) => `${at + 1}. ${escapeMarkdown(step)}`);
  return [
    `**${escapeMarkdown(verdict)}** ${escapeMarkdown(next)}`,
    ...(causes.length === 0 ? [] : [`### ${words.headings.causes}`, causes.join("\n")]),
    ...(steps.length === 0 ? [] : [`### ${words.headings.steps}`, steps.join("\n")]),
    `[${words.title}](${address})`,
  ].join("\n\n");
}

/** The name of a class may be anything. */
const escapeMarkdown = (text: string) => text.replace(/[\\`*_[\]<>#|]/g, "\\$&");
