import { listRealisedMetrics } from "../../shared/comparison/list-metrics.ts";
import { listComparisonFigures, listReportFigures } from "../../shared/drift/window/window-figures.ts";
import { renderDriftReportMarkdown } from "../../shared/report/drift-report-markdown.ts";
import {
  type ReportFile,
  type ReportRunOptions,
  type WrittenReport,
  writeReportRun,
} from "../../shared/report-runs/report-run.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";
import { metricLabel } from "../../shared/tracking/entries/mlflow-text.ts";

export interface TrackedReport extends WrittenReport {
  runName: string;
}

/**
 * Writes a report to a run of its own, `drift_report_<unix seconds>`: the window's figures as metrics, what
 * drifted as a param, the report itself as files.
 *
 * @throws MlflowError, StorageError; the run, if it was created and MLflow still answers, is then marked FAILED
 */
export async function trackReport(
  report: DriftReport,
  files: readonly ReportFile[],
  options: ReportRunOptions,
): Promise<TrackedReport> {
  const timestampMs = Date.parse(report.drift_timestamp);
  const runName = `drift_report_${Math.floor(timestampMs / 1000)}`;
  const drifted = report.causes.filter(({ severity }) => severity === "drift").map(({ name }) => name);
  const written = await writeReportRun(
    {
      name: runName,
      timestampMs,
      tags: { drift_verdict: report.verdict },
      params: {
        drift_indicators: drifted.join(", ") || "none",
        drift_timestamp: report.drift_timestamp,
      },
      metrics: listMetrics(report),
      files,
      renderNote: (url) => renderDriftReportMarkdown(report, url),
    },
    options,
  );
  return { runName, ...written };
}

function listMetrics(report: DriftReport): Record<string, number> {
  const figures = [...listReportFigures(report, metricLabel), ...listComparisonFigures(report, metricLabel)];
  return {
    ...Object.fromEntries(figures.map(({ name, value }) => [name, value])),
    ...(report.realised && listRealisedMetrics(report.realised, metricLabel)),
  };
}
