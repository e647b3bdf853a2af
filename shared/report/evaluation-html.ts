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
import { html, Markup } from "./html.ts";
import { reportStyle } from "./report-style.ts";

/** What it means that no table named the patients. */
export const unnamedPatients =
  "Each photograph counts as a patient of its own; where one patient has several, the intervals are too narrow.";

/** Renders an evaluation as one HTML page that needs nothing else: no script, no font, no image from elsewhere. */
export function renderEvaluationHtml(report: EvaluationReport): string {
  const { model, overall } = report;
  const title = `${model.name} version ${model.version}: accuracy ${formatEstimate(overall.accuracy)}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="made">${describeEvaluation(report)}</p>
${renderOverallTable(report)}
${renderClassTable(report)}
${renderSourceTable(report)}
${report.pairs.length > 0 ? renderPairTable(report) : ""}
${renderConfusionTable(report)}
<h2>Calibration</h2>
<figure><div class="chart" tabindex="0">${renderCalibrationChart(report.calibration)}</div>
<figcaption>On the dashed line confidence and accuracy agree; below it the model is surer than it is right. A larger circle holds more photographs.</figcaption></figure>
${renderUnansweredTable(report)}
<footer>Intervals are 95 % and drawn by patient within each source, small sources together; where that gives no width, as when every photograph was answered
right, they are Wilson's for the number of patients. ${report.patients_named ? "" : `${unnamedPatients} `}Figures hold for these photographs; another camera may give others.</footer>
</main>
</body>
</html>
`;
  return page.text;
}

/** `4774 photographs of 1400 patients, 3 not answered; evaluated 2026-11-28 08:00 UTC with onnx`. */
export function describeEvaluation(report: EvaluationReport): string {
  const { photographs, patients, patients_named, unanswered, evaluated_at, model } = report;
  const of = patients_named ? ` of ${countOf(patients, "patient")}` : " of patients who are not named";
  const refused = unanswered.length === 0 ? "" : `, ${unanswered.length} not answered`;
  return `${countOf(photographs, "photograph")}${of}${refused}; evaluated ${formatTime(Date.parse(evaluated_at))} with ${model.engine}`;
}
