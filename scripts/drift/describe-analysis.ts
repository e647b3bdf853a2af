import type { Analysis } from "../../functions/drift/analyse.ts";
import {
  chooseCommand,
  describeIndicatorVerdict,
  describeReference,
  describeVerdict,
  joinCauses,
  listNextSteps,
} from "../../shared/report/advice.ts";
import { formatIndicatorValue, formatTime } from "../../shared/report/format.ts";
import { wordsOf } from "../../shared/report/words/words-of.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";

/** Describes for a terminal: the verdict, its reasons, where the report is and what to do next. */
export function describeAnalysis({ report, tracked, addresses, parts }: Analysis): string {
  const lines: string[] = [];
  if (report !== undefined) {
    const { verdict, next } = describeVerdict(report);
    lines.push(`\n${verdict} ${next}\n`);
    for (const indicator of report.indicators) {
      const value = formatIndicatorValue(indicator.value, indicator.unit, report.language);
      lines.push(
        `  ${indicator.name.padEnd(30)} ${value.padStart(8)}   ${describeIndicatorVerdict(indicator, report.language)}`,
      );
    }
    lines.push(...describeComparisons(report), "", ...describeSteps(report));
  }
  if (tracked !== undefined) lines.push(`Report in MLflow: ${tracked.url}`);
  for (const address of addresses) lines.push(`Report in S3:     ${address}`);
  for (const { name, error } of parts.filter((part) => !part.succeeded))
    lines.push(`Failed: ${name}: ${error}`);
  return lines.join("\n");
}

/** Describes the report on a past window in one line: when its predictions were made, the severity and its causes. */
export function describeWindow(report: DriftReport): string {
  const { language, window, severity } = report;
  const [first, last] = [window.first_timestamp_ms, window.last_timestamp_ms].map((timestampMs) =>
    formatTime(timestampMs ?? 0, language),
  ) as [string, string];
  const causes = joinCauses(report) || describeVerdict(report).verdict;
  return `${wordsOf(language).window.span(first, last)}   ${severity.padEnd(18)} ${causes}`;
}

function describeComparisons(report: DriftReport): string[] {
  const words = wordsOf(report.language).comparison;
  return [
    "",
    `  ${describeReference(report)}`,
    ...report.comparisons.map(
      ({ name, severity, reference_mean, current_mean, adjusted_p_value }) =>
        `  ${name.padEnd(30)} ${formatMean(reference_mean)} -> ${formatMean(current_mean)}   ${words.severity[severity]}, p ${adjusted_p_value.toPrecision(2)}`,
    ),
  ];
}

const formatMean = (value: number | null) =>
  (value === null ? "" : String(Number(value.toPrecision(4)))).padStart(8);

function describeSteps(report: DriftReport): string[] {
  const steps = listNextSteps(report);
  if (steps.length === 0) return [];
  const words = wordsOf(report.language);
  const last = words.alert.type(chooseCommand(report));
  return [
    `${words.headings.steps}:`,
    ...[...steps, last].map((step, index) => `  ${index + 1}. ${step}`),
    "",
  ];
}
