import { listComparisonMetrics } from "../comparison/list-metrics.ts";
import { renderComparisonHtml } from "../report/comparison-html.ts";
import type { ComparisonReport } from "../schemas/comparison-report.ts";
import { metricLabel } from "../tracking/entries/mlflow-text.ts";
import type { ReportFile, ReportRun } from "./report-run.ts";

/**
 * The comparison of two versions as a run, `comparison_<first>_<second>_<unix seconds>`, with its page and its data.
 * Photographs of a folder have numbers there, in the order of the report: a file's name may name a patient, and MLflow
 * keeps the run.
 */
export function renderComparisonRun(report: ComparisonReport): ReportRun {
  const [first, second] = report.compared;
  const timestampMs = Date.parse(report.compared_at);
  return {
    name: `comparison_${first}_${second}_${Math.floor(timestampMs / 1000)}`,
    timestampMs,
    tags: { comparison: `${report.model} ${first} ${second}`, comparison_verdict: report.verdict },
    metrics: listComparisonMetrics(report, metricLabel),
    files: renderComparisonFiles(withoutFileNames(report)),
  };
}

/** The page and the data of a comparison, with the names of its photographs' files. */
export function renderComparisonFiles(report: ComparisonReport): ReportFile[] {
  return [
    {
      name: "comparison.html",
      contentType: "text/html; charset=utf-8",
      text: renderComparisonHtml(report),
    },
    {
      name: "comparison.json",
      contentType: "application/json",
      text: `${JSON.stringify(report, null, 2)}\n`,
    },
  ];
}

function withoutFileNames(report: ComparisonReport): ComparisonReport {
  const { photographs } = report;
  if (photographs === null) return report;
  const { differing, unanswered } = photographs;
  return {
    ...report,
    photographs: {
      ...photographs,
      differing: differing.map((answer, index) => ({ ...answer, id: nameByNumber(index) })),
      unanswered: unanswered.map(({ reason }, index) => ({
        file: nameByNumber(differing.length + index),
        reason,
      })),
    },
  };
}

const nameByNumber = (index: number) => `photograph ${index + 1}`;
