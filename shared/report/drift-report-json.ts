import type { DriftReport } from "../schemas/drift-report.ts";

/** Renders a drift report as JSON text, indented, as `driftReportSchema` describes it. */
export function renderDriftReportJson(report: DriftReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
