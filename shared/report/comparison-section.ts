import type { DriftComparison, DriftReport } from "../schemas/drift-report.ts";
import { describeReference } from "./advice.ts";
import { formatFigure } from "./format.ts";
import { renderHistogramChart } from "./histogram-chart.ts";
import { html, type Markup } from "./html.ts";
import { wordsOf } from "./words/words-of.ts";

/** With more distributions than these, nobody reads the page. */
const shownDistributions = 6;

const rank = { drift: 0, warning: 1, ok: 2 };

/** What moved, the most certain first: the table of all figures, then the distributions. */
export function renderComparisons(report: DriftReport): Markup {
  const { headings } = wordsOf(report.language);
  const what = describeReference(report);
  if (report.reference === null || report.reference.limits_alone)
    return html`<section><h2>${headings.comparisons}</h2><p class="quiet">${what}</p></section>`;
  const sorted = [...report.comparisons].sort(
    (a, b) => rank[a.severity] - rank[b.severity] || a.adjusted_p_value - b.adjusted_p_value,
  );
  return html`<section><h2>${headings.comparisons}</h2><p class="quiet">${what}</p>
${sorted.length === 0 ? "" : renderTable(sorted, report)}
<div class="pair">${sorted
    .filter(({ histogram }) => histogram !== null)
    .slice(0, shownDistributions)
    .map((comparison) => renderDistribution(comparison, report))}</div></section>`;
}

function renderTable(comparisons: readonly DriftComparison[], { language }: DriftReport): Markup {
  const words = wordsOf(language).comparison;
  return html`<div class="table" tabindex="0"><table class="indicators">
<thead><tr>${words.columns.map((column, at) => html`<th scope="col"${at === 3 ? html` class="limit-column"` : ""}>${column}</th>`)}</tr></thead>
<tbody>${comparisons.map(
    ({ title, name, unit, reference_mean, current_mean, scores, severity }) => html`
<tr><th scope="row">${title}<small><code>${name}</code></small></th>
<td>${reference_mean === null ? "" : formatFigure(reference_mean, unit, language)}</td>
<td>${current_mean === null ? "" : formatFigure(current_mean, unit, language)}</td>
<td class="limit-column">${scores.wasserstein === undefined ? "" : formatFigure(scores.wasserstein, "none", language)}</td>
<td class="${severity === "ok" ? "ok" : severity === "drift" ? "drift" : "unjudged"}">${words.severity[severity]}</td></tr>`,
  )}</tbody></table></div>`;
}

function renderDistribution(
  { title, unit, histogram, severity }: DriftComparison,
  { language }: DriftReport,
): Markup {
  if (histogram === null) return html``;
  const words = wordsOf(language).comparison;
  return html`<figure class="${severity}"><figcaption>${title}</figcaption>${renderHistogramChart({
    ...histogram,
    description: words.distribution(title),
    names: { reference: words.reference, current: words.current },
    formatValue: (value) => formatFigure(value, unit, language),
  })}</figure>`;
}
