import type { Estimate, EvaluationReport } from "../schemas/evaluation-report.ts";
import { html, type Markup } from "./html.ts";
import { renderReportTable } from "./report-page.ts";

/** `0.83 (0.79 to 0.87)`. */
export function formatEstimate({ value, low, high }: Estimate): string {
  if (value === null) return "none";
  return low === null || high === null
    ? toText(value)
    : `${toText(value)} (${toText(low)} to ${toText(high)})`;
}

/** Without a minus before a zero. */
const toText = (value: number) => value.toFixed(2).replace(/^-(0\.00)$/, "$1");

export function renderOverallTable({ overall, confident_from }: EvaluationReport): Markup {
  const rows: [string, string, Estimate][] = [
    ["Accuracy", "share of photographs that were answered right", overall.accuracy],
    [
      "Source-averaged recall",
      "every class and every source counts the same",
      overall.source_averaged_recall,
    ],
    ["Macro F1", "mean over the classes", overall.macro_f1],
    ["Macro AUC", "mean over the classes of one against all others", overall.macro_auc],
    ["Calibration error", "mean distance of confidence and accuracy; 0 is best", overall.calibration_error],
    [`Confident`, `share answered with at least ${confident_from}`, overall.confident_share],
    ["Right when confident", "share of those that were right", overall.confident_accuracy],
  ];
  return renderReportTable(
    "All photographs",
    ["Figure", "Value (95 % interval)"],
    [
      ...rows.map(([title, measures, estimate]) => [
        html`${title}<small>${measures}</small>`,
        formatEstimate(estimate),
      ]),
    ],
  );
}

export function renderClassTable({ classes }: EvaluationReport): Markup {
  return renderReportTable(
    "Each class against all others",
    ["Class", "Photographs", "Recall (sensitivity)", "Specificity", "Precision", "F1", "AUC"],
    classes.map(({ label, photographs, recall, specificity, precision, f1, auc }) => [
      label,
      photographs,
      ...[recall, specificity, precision, f1, auc].map(formatEstimate),
    ]),
  );
}

/** Shows a model that has learned cameras: right on one source and wrong on another, for the same class. */
export function renderSourceTable({ sources, labels }: EvaluationReport): Markup {
  return renderReportTable(
    "Each source on its own: what its photographs were called",
    ["Source, class", "Photographs (patients)", "Recall", ...labels.map((label) => `called ${label}`)],
    sources.map(({ source, label, photographs, patients, recall, called }) => [
      html`${source}<small>${label}</small>`,
      `${photographs} (${patients})`,
      formatEstimate(recall),
      ...called.map(toText),
    ]),
  );
}

export function renderPairTable({ pairs }: EvaluationReport): Markup {
  return renderReportTable(
    "Two classes of one source, where the camera cannot help",
    ["Source", "Distinguished", "AUC"],
    pairs.map(({ source, labels, auc }) => [source, labels.join(" and "), formatEstimate(auc)]),
  );
}

export function renderConfusionTable({ confusion, labels }: EvaluationReport): Markup {
  return renderReportTable(
    "Confusion: known class by row, answer by column",
    ["", ...labels],
    confusion.map((row, index) => [labels[index] ?? "", ...row]),
  );
}

export function renderUnansweredTable({ unanswered }: Pick<EvaluationReport, "unanswered">): Markup {
  return renderReportTable(
    "Not answered",
    ["File", "Why"],
    unanswered.map(({ file, reason }) => [file, reason]),
  );
}
