import type { DriftIndicator, DriftReport } from "../schemas/drift-report.ts";
import type { Estimate } from "../schemas/evaluation-report.ts";
import { classesOf } from "../schemas/inference-record.ts";
import type { Language } from "../schemas/language.ts";
import { describeIndicatorVerdict, describeLimit } from "./advice.ts";
import { describeSelection } from "./describe-selection.ts";
import {
  formatClass,
  formatDurationMs,
  formatFigure,
  formatIndicatorValue,
  formatPercent,
  formatShare,
  formatTime,
} from "./format.ts";
import { html, type Markup } from "./html.ts";
import { wordsOf } from "./words/words-of.ts";

/** Each indicator with its value, its threshold and the verdict in words. */
export function renderIndicatorTable({ indicators, language }: DriftReport): Markup {
  const { headings, indicator: words } = wordsOf(language);
  const [name, value, limit, verdict] = words.columns;
  return html`<div class="table" tabindex="0"><table class="indicators">
<caption>${headings.indicators}</caption>
<thead><tr><th scope="col">${name}</th><th scope="col">${value}</th><th scope="col" class="limit-column">${limit}</th><th scope="col">${verdict}</th></tr></thead>
<tbody>${indicators.map((indicator) => renderIndicator(indicator, language))}</tbody>
</table></div>`;
}

function renderIndicator(indicator: DriftIndicator, language: Language): Markup {
  const { title, measures } = indicator;
  const state = indicator.drifted === null ? "unjudged" : indicator.drifted ? "drift" : "ok";
  return html`
<tr><th scope="row">${title}<small>${measures}<br><code>${indicator.name}</code></small></th>
<td>${formatIndicatorValue(indicator.value, indicator.unit, language)}</td>
<td class="limit-column">${describeLimit(indicator, language)}</td>
<td class="${state}">${describeIndicatorVerdict(indicator, language)}</td></tr>`;
}

/** The answers that a specialist should look at first. */
export function renderLeastSureTable({ least_sure: answers, language }: DriftReport): Markup {
  const { headings, leastSure: words } = wordsOf(language);
  if (answers.length === 0) return html``;
  return html`<div class="table" tabindex="0"><table>
<caption>${headings.leastSure}<small>${words.caption}</small></caption>
<thead><tr>${words.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${answers.map(
    ({ prediction_id, timestamp_ms, confidence, ...answer }) => html`
<tr><td><code>${prediction_id}</code></td><td>${formatTime(timestamp_ms, language)}</td><td>${
      classesOf(answer)
        .map((label) => formatClass(label, language))
        .join(", ") || words.none
    }</td><td>${formatPercent(confidence, language)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** What is known about how many answers are right. */
export function renderAccuracyTable(report: DriftReport): Markup {
  const { estimated_accuracy: estimate, realised, language } = report;
  const { headings, accuracy: words } = wordsOf(language);
  if (estimate === null) return html``;
  const withError = (share: { value: number; standard_error: number }) =>
    [share.value, share.standard_error].map((of) => formatFigure(of, "ratio", language)).join(" ± ");
  const rows: [string, string][] = [
    [words.byConfidence, estimate.by_confidence ? withError(estimate.by_confidence) : words.severalRight],
    [words.byThreshold, estimate.by_threshold ? withError(estimate.by_threshold) : words.needsLabels],
    ...(estimate.reference === null
      ? []
      : [[words.reference, formatShare(estimate.reference, language)] as [string, string]]),
    ...(realised === null
      ? []
      : [[words.realised(realised.labelled), withInterval(realised.accuracy, language)] as [string, string]]),
  ];
  return renderRows(headings.accuracy, rows, [words.note, ...describeNarrowing(report)].join(" "));
}

/** Whose answers the estimates and the labels are for, where these are not the same. */
function describeNarrowing({ reference, realised, window, language }: DriftReport): string[] {
  const isNarrowed = reference !== null && reference.judged_predictions < window.recent_prediction_count;
  if (!isNarrowed || reference.version === null || realised === null) return [];
  return [wordsOf(language).accuracy.ofVersion(reference.version)];
}

/** How often the answers of each class were right by clinicians' labels; nothing where there are none. */
export function renderRealisedTable({ realised, language }: DriftReport): Markup {
  const { headings, accuracy: words } = wordsOf(language);
  if (realised === null) return html``;
  return html`<div class="table" tabindex="0"><table>
<caption>${headings.realised}<small>${words.realisedNote}</small></caption>
<thead><tr>${words.realisedColumns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${realised.classes.map(
    ({ label, labelled, sensitivity, specificity }) => html`
<tr><th scope="row">${formatClass(label, language)}</th><td>${String(labelled)}</td><td>${withInterval(sensitivity, language)}</td><td>${withInterval(specificity, language)}</td></tr>`,
  )}</tbody></table></div>`;
}

function withInterval({ value, low, high }: Estimate, language: Language): string {
  const words = wordsOf(language).accuracy;
  if (value === null || low === null || high === null) return words.noLabels;
  const [share, from, to] = [value, low, high].map((of) => formatFigure(of, "ratio", language));
  return words.interval(`${share}`, `${from}`, `${to}`);
}

/** What the window holds and where it comes from. */
export const renderWindowTable = (report: DriftReport): Markup =>
  renderRows(wordsOf(report.language).headings.window, listWindowRows(report));

function renderRows(caption: string, rows: readonly [string, string][], note?: string): Markup {
  return html`<div class="table" tabindex="0"><table>
<caption>${caption}${note === undefined ? "" : html`<small>${note}</small>`}</caption>
<tbody>${rows.map(
    ([name, value]) => html`
<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}</tbody>
</table></div>`;
}

function listWindowRows({ window, settings, language }: DriftReport): [string, string][] {
  const words = wordsOf(language).window;
  const time = (timestampMs: number | null) =>
    timestampMs === null ? words.none : formatTime(timestampMs, language);
  const withDeviation = (
    mean: number | null,
    deviation: number | null,
    format: (value: number, language: Language) => string,
  ): string =>
    mean === null || deviation === null
      ? words.none
      : words.deviation(format(mean, language), format(deviation, language));
  return [
    [
      words.predictions,
      words.predictionsValue(
        window.recent_prediction_count,
        describeSelection(window.selection, language),
        settings.minimum_predictions,
      ),
    ],
    [words.first, time(window.first_timestamp_ms)],
    [words.last, time(window.last_timestamp_ms)],
    ...(window.refused_count === 0
      ? []
      : [[words.refused, String(window.refused_count)] as [string, string]]),
    [words.sessions, String(window.session_count)],
    [words.versions, window.model_versions.join(", ") || words.none],
    [
      words.confidence,
      withDeviation(window.recent_avg_confidence, window.recent_std_confidence, formatPercent),
    ],
    [
      words.below(formatPercent(settings.low_confidence_percent, language)),
      window.recent_low_confidence_ratio === null
        ? words.none
        : formatShare(window.recent_low_confidence_ratio, language),
    ],
    [
      words.time,
      withDeviation(
        window.recent_avg_inference_time_ms,
        window.recent_std_inference_time_ms,
        formatDurationMs,
      ),
    ],
    [words.reading, describeReading(window, language)],
  ];
}

function describeReading(
  { is_exact, broken_lines, is_complete }: DriftReport["window"],
  language: Language,
): string {
  const words = wordsOf(language).window;
  return [
    is_exact ? words.exact : words.summarised,
    ...(broken_lines > 0 ? [words.broken(broken_lines)] : []),
    ...(is_complete ? [] : [words.incomplete]),
  ].join("; ");
}
