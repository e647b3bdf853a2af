import { renderDriftReportHtml } from "../../shared/report/drift-report-html.ts";
import type { ReportFile } from "../../shared/report-runs/report-run.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";

/** A drift report as it is stored, in MLflow and in S3: a page, and JSON as `driftReportSchema` describes it. */
export function renderReportFiles(report: DriftReport): ReportFile[] {
  return [
    {
      name: "drift-report.html",
      contentType: "text/html; charset=utf-8",
      text: renderDriftReportHtml(report),
    },
    {
      name: "drift-report.json",
      contentType: "application/json",
      text: `${JSON.stringify(report, null, 2)}\n`,
    },
  ];
}
