import type { DriftReport } from "../schemas/drift-report.ts";
import { describeVerdict, listNextSteps } from "./advice.ts";
import { renderComparisons } from "./comparison-section.ts";
import { renderPictureCourse } from "./course-section.ts";
import { renderDriftCharts } from "./drift-charts.ts";
import {
  renderAccuracyTable,
  renderIndicatorTable,
  renderLeastSureTable,
  renderRealisedTable,
  renderWindowTable,
} from "./drift-tables.ts";
import { formatTime } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { renderReportPage, renderVerdict } from "./report-page.ts";
import { wordsOf } from "./words/words-of.ts";

/**
 * Renders a drift report as one HTML page that needs nothing else: no script, no font, no image from elsewhere. Its
 * first line is the verdict and what to do next. Everything that comes from records is escaped.
 */
export function renderDriftReportHtml(report: DriftReport): string {
  const { verdict, next } = describeVerdict(report);
  const words = wordsOf(report.language);
  return renderReportPage({
    language: report.language,
    title: `${verdict} ${words.title} ${report.drift_timestamp}`,
    heading: renderVerdict(report.severity, verdict, next),
    made: words.made(formatTime(Date.parse(report.drift_timestamp), report.language)),
    content: html`${renderCauses(report)}
${renderNextSteps(report)}
${renderIndicatorTable(report)}
${renderComparisons(report)}
${renderDriftCharts(report)}
${renderPictureCourse(report)}
${renderLeastSureTable(report)}
${renderAccuracyTable(report)}
${renderRealisedTable(report)}
${renderWindowTable(report)}`,
    footer: words.footer,
  });
}

function renderCauses({ causes, language }: DriftReport): Markup {
  if (causes.length < 2) return html``;
  const { headings, comparison } = wordsOf(language);
  return html`<section><h2>${headings.causes}</h2><ol>${causes.map(
    ({ name, severity, happened }) =>
      html`<li>${happened} <code>${name}</code> <span class="badge ${severity}">${comparison.severity[severity]}</span></li>`,
  )}</ol></section>`;
}

function renderNextSteps(report: DriftReport): Markup {
  const steps = listNextSteps(report);
  if (steps.length === 0) return html``;
  const { headings } = wordsOf(report.language);
  return html`<section><h2>${headings.steps}</h2><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></section>`;
}
