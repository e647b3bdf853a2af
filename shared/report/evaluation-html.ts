import type { EvaluationReport } from "../schemas/evaluation-report.ts";
import { renderCalibrationChart } from "./calibration-chart.ts";
import {
  formatEstimate,
  renderClassTable,
  renderConfusionTable,
  renderOverallTable,
  renderPairTable,
  renderSourceTable,
  renderUnansweredTable,
} from "./evaluation-tables.ts";
import { countOf, formatTime } from "./format.ts";
import { html } from "./html.ts";
import { renderReportPage } from "./report-page.ts";

/** What it means that no table named the patients. */
export const unnamedPatients =
  "Each photograph counts as a patient of its own; where one patient has several, the intervals are too narrow.";

/** Renders an evaluation as one HTML page that needs nothing else: no script, no font, no image from elsewhere. */
export function renderEvaluationHtml(report: EvaluationReport): string {
  const { model, overall } = report;
  const title = `${model.name} version ${model.version}: accuracy ${formatEstimate(overall.accuracy)}`;
  return renderReportPage({
    title,
    heading: html`<h1>${title}</h1>`,
    made: describeEvaluation(report),
    content: html`${renderOverallTable(report)}
${renderClassTable(report)}
${renderSourceTable(report)}
${report.pairs.length > 0 ? renderPairTable(report) : ""}
${renderConfusionTable(report)}
<h2>Calibration</h2>
<figure><div class="chart" tabindex="0">${renderCalibrationChart(report.calibration)}</div>
<figcaption>On the dashed line confidence and accuracy agree; below it the model is surer than it is right. A larger circle holds more photographs.</figcaption></figure>
${renderUnansweredTable(report)}`,
    footer: html`Intervals are 95 % and drawn by patient within each source, small sources together; where that gives no width, as when every photograph was answered
right, they are Wilson's for the number of patients. ${report.patients_named ? "" : `${unnamedPatients} `}Figures hold for these photographs; another camera may give others.`,
  });
}

/** `4774 photographs of 1400 patients, 3 not answered; evaluated 2026-11-28 08:00 UTC with onnx`. */
export function describeEvaluation(report: EvaluationReport): string {
  const { photographs, patients, patients_named, unanswered, evaluated_at, model } = report;
  const of = patients_named ? ` of ${countOf(patients, "patient")}` : " of patients who are not named";
  const refused = unanswered.length === 0 ? "" : `, ${unanswered.length} not answered`;
  return `${countOf(photographs, "photograph")}${of}${refused}; evaluated ${formatTime(Date.parse(evaluated_at))} with ${model.engine}`;
}
