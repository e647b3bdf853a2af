import type { DriftReport } from "../contracts/drift-report.ts";
import { describeVerdict, listNextSteps } from "./advice.ts";
import { renderDriftCharts } from "./drift-charts.ts";
import { renderIndicatorTable, renderWindowTable } from "./drift-tables.ts";
import { formatTime } from "./format.ts";
import { html, Markup } from "./html.ts";
import { reportStyle } from "./report-style.ts";

/**
 * Renders a drift report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere.
 * Its first line is the verdict and what to do next. Everything that comes from records is escaped.
 */
export function renderDriftReportHtml(report: DriftReport): string {
  const { verdict, next } = describeVerdict(report);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${verdict} Drift report ${report.drift_timestamp}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<main>
<header class="verdict ${report.verdict}"><h1>${verdict} <span>${next}</span></h1></header>
<p class="made">Drift report of the eye disease classifier, made ${formatTime(Date.parse(report.drift_timestamp))}</p>
${renderNextSteps(report)}
${renderIndicatorTable(report)}
${renderDriftCharts(report)}
${renderWindowTable(report)}
<footer>Times are UTC. Standard deviations are of the population (divided by n). A value equal to its limit is no
drift. The same figures as data: drift-report.json beside this page.</footer>
</main>
</body>
</html>
`;
  return page.text;
}

function renderNextSteps(report: DriftReport): Markup {
  const steps = listNextSteps(report);
  if (steps.length === 0) return html``;
  return html`<section><h2>What to do next</h2><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></section>`;
}
