import type { Analysis } from "../../functions/drift/analyse.ts";
import {
  chooseCommand,
  describeIndicatorVerdict,
  describeVerdict,
  listNextSteps,
} from "../../shared/report/advice.ts";
import { formatIndicatorValue } from "../../shared/report/format.ts";
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

function describeComparisons({ reference, reference_note: note, comparisons }: DriftReport): string[] {
  if (reference === null)
    return [
      "",
      `  There is no reference window (${note}), so only the rules decide.`,
      "  Name one: npm run drift:reference -- --from 2026-11-01 --to 2026-11-08",
    ];
  if (reference.limits_alone)
    return [
      "",
      `  ${reference.prediction_count} predictions say what to expect of this version: ${reference.source}.`,
      "  To compare pictures and classes too, make a past period the reference: npm run drift:reference -- --from 2026-11-01 --to 2026-11-08",
    ];
  return [
    "",
    `  Compared with ${reference.prediction_count} predictions (${reference.source}):`,
    ...comparisons.map(
      ({ name, severity, reference_mean, current_mean, adjusted_p_value }) =>
        `  ${name.padEnd(30)} ${formatMean(reference_mean)} -> ${formatMean(current_mean)}   ${severity}, p ${adjusted_p_value.toPrecision(2)}`,
    ),
  ];
}

const formatMean = (value: number | null) =>
  (value === null ? "" : String(Number(value.toPrecision(4)))).padStart(8);

function describeSteps(report: DriftReport): string[] {
  const steps = listNextSteps(report);
  if (steps.length === 0) return [];
  const last = wordsOf(report.language).alert.type(chooseCommand(report));
  return ["What to do next:", ...[...steps, last].map((step, index) => `  ${index + 1}. ${step}`), ""];
}
