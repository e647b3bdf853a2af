import type { DriftReport } from "../../shared/contracts/drift-report.ts";
import { renderDriftReportHtml } from "../../shared/report/drift-report-html.ts";
import { renderDriftReportJson } from "../../shared/report/drift-report-json.ts";

/** A drift report as it is stored, in MLflow and in S3. */
export interface ReportFile {
  name: string;
  contentType: string;
  text: string;
}

export const htmlReportName = "drift-report.html";

export function renderReportFiles(report: DriftReport): ReportFile[] {
  return [
    {
      name: htmlReportName,
      contentType: "text/html; charset=utf-8",
      text: renderDriftReportHtml(report),
    },
    { name: "drift-report.json", contentType: "application/json", text: renderDriftReportJson(report) },
  ];
}
