import { listComparisonMetrics } from "../comparison/list-metrics.ts";
import { renderComparisonHtml } from "../report/comparison-html.ts";
import type { ComparisonReport } from "../schemas/comparison-report.ts";
import { metricLabel } from "../tracking/entries/mlflow-text.ts";
import type { ReportRun } from "./report-run.ts";

/** The comparison of two versions as a run, `comparison_<first>_<second>_<unix seconds>`, with its page and its data. */
export function renderComparisonRun(report: ComparisonReport): ReportRun {
  const [first, second] = report.compared;
  const timestampMs = Date.parse(report.compared_at);
  return {
    name: `comparison_${first}_${second}_${Math.floor(timestampMs / 1000)}`,
    timestampMs,
    tags: { comparison: `${report.model} ${first} ${second}`, comparison_verdict: report.verdict },
    metrics: listComparisonMetrics(report, metricLabel),
    files: [
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
    ],
  };
}
