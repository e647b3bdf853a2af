import type { DriftIndicator, DriftReport } from "../schemas/drift-report.ts";
import type { Language } from "../schemas/language.ts";
import { formatDurationMs, formatPercent, formatShare, formatShortTime } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { type ChartChange, type ChartLine, renderPointChart } from "./point-chart.ts";
import { renderShareChart } from "./share-chart.ts";
import { wordsOf } from "./words/words-of.ts";

/** The charts of confidence, classes and latency, each with its heading; nothing for an empty window. */
export function renderDriftCharts(report: DriftReport): Markup[] {
  if (report.window.recent_prediction_count === 0) return [];
  const { language } = report;
  const { headings, chart: words } = wordsOf(language);
  const { threshold: limit, drifted: isImbalanced } = indicatorOf(report, "imbalanced_class_distribution");
  const lowLimit = formatPercent(report.settings.low_confidence_percent, language);
  return [
    renderFigure(
      words.confidence,
      words.confidenceCaption(lowLimit, isWhole(report)),
      renderConfidenceChart(report),
    ),
    renderFigure(
      headings.classes,
      words.classes,
      renderShareChart({
        shares: report.window.recent_class_ratio,
        limit,
        limitLabel: words.limit(formatShare(limit, language)),
        language,
        judged: isImbalanced === true,
      }),
    ),
    renderFigure(headings.latency, describeTimeLimit(report), renderInferenceTimeChart(report)),
  ];
}

function renderFigure(title: string, caption: string, chart: Markup): Markup {
  return html`<figure><h2>${title}</h2><figcaption>${caption}</figcaption><div class="chart" tabindex="0">${chart}</div></figure>
`;
}

/** Whether the report holds every prediction of its window, so that each can be a point. */
const isWhole = ({ predictions, window }: DriftReport) =>
  predictions.length === window.recent_prediction_count;

/** A point per prediction, or, for a larger window, the mean of each of its parts. */
function listPoints(report: DriftReport, name: "confidence" | "inference_time_ms") {
  return isWhole(report)
    ? report.predictions.map((prediction) => ({ timeMs: prediction.timestamp_ms, value: prediction[name] }))
    : report.series.map(({ timestamp_ms, means }) => ({ timeMs: timestamp_ms, value: means[name] ?? 0 }));
}

function renderConfidenceChart(report: DriftReport): Markup {
  const { language } = report;
  const { chart: words } = wordsOf(language);
  const format = (percent: number) => formatPercent(percent, language);
  const lowLimit = report.settings.low_confidence_percent;
  const meanLimit = thresholdOf(report, "low_average_confidence");
  const lines: ChartLine[] = [
    { value: lowLimit, label: words.unsureBelow(format(lowLimit)), kind: "limit" },
    { value: meanLimit, label: words.meanLimit(format(meanLimit)), kind: "limit" },
    ...meanLine(report.window.recent_avg_confidence, (value) => words.mean(format(value))),
  ];
  const points = listPoints(report, "confidence");
  return renderPointChart({
    description: words.confidence,
    values: points.map(({ value }) => value),
    isMarked: (confidence) => confidence < lowLimit,
    maximum: 100,
    formatValue: format,
    lines,
    changes: listVersionChanges(report),
    footLabels: footLabelsOf(points, language),
  });
}

function renderInferenceTimeChart(report: DriftReport): Markup {
  const { language } = report;
  const { headings, chart: words } = wordsOf(language);
  const format = (durationMs: number) => formatDurationMs(durationMs, language);
  const limitMs = thresholdOf(report, "high_inference_time");
  const maximumMs = axisMaximumMs(report);
  const lines = meanLine(report.window.recent_avg_inference_time_ms, (value) => words.mean(format(value)));
  if (limitMs <= maximumMs)
    lines.push({ value: limitMs, label: words.meanLimit(format(limitMs)), kind: "limit" });
  const points = listPoints(report, "inference_time_ms");
  return renderPointChart({
    description: headings.latency,
    values: points.map(({ value }) => value),
    isMarked: (timeMs) => timeMs > limitMs,
    maximum: maximumMs,
    formatValue: format,
    lines,
    changes: listVersionChanges(report),
    footLabels: footLabelsOf(points, language),
  });
}

/** Where each model version after the first answered for the first time. */
function listVersionChanges(report: DriftReport): ChartChange[] {
  if (!isWhole(report)) return [];
  const { chart: words } = wordsOf(report.language);
  const versions = report.predictions.map((prediction) => prediction.model_version);
  return [...new Set(versions)]
    .slice(1)
    .map((version) => ({ index: versions.indexOf(version), label: words.fromHere(version) }));
}

function describeTimeLimit(report: DriftReport): string {
  const limitMs = thresholdOf(report, "high_inference_time");
  return wordsOf(report.language).chart.latencyCaption(
    formatDurationMs(limitMs, report.language),
    limitMs > axisMaximumMs(report),
  );
}

/**
 * The top of the time axis: a round number above every point, and above the limit too unless that would flatten the
 * points.
 */
function axisMaximumMs(report: DriftReport): number {
  const slowestMs = Math.max(1, ...listPoints(report, "inference_time_ms").map(({ value }) => value));
  const limitMs = thresholdOf(report, "high_inference_time");
  return roundUp(limitMs <= slowestMs * 2.5 ? Math.max(limitMs, slowestMs) : slowestMs);
}

/** The next of 1, 2, 4, 6, 8, 10 times a power of ten, whose quarters are short numbers. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((candidate) => candidate * power >= value) ?? 10;
  return step * power;
}

function meanLine(mean: number | null, format: (value: number) => string): ChartLine[] {
  return mean === null ? [] : [{ value: mean, label: format(mean), kind: "mean" }];
}

/** Times of the first point, the middle one and the last. */
function footLabelsOf(points: readonly { timeMs: number }[], language: Language): string[] {
  const middle = Math.floor((points.length - 1) / 2);
  const labelled =
    points.length < 3 ? points : [0, middle, points.length - 1].flatMap((i) => points[i] ?? []);
  return labelled.map(({ timeMs }) => formatShortTime(timeMs, language));
}

const thresholdOf = (report: DriftReport, name: DriftIndicator["name"]): number =>
  indicatorOf(report, name).threshold;

function indicatorOf(report: DriftReport, name: DriftIndicator["name"]): DriftIndicator {
  const indicator = report.indicators.find((candidate) => candidate.name === name);
  if (indicator === undefined) throw new TypeError(`Expected an indicator ${name} in the drift report`);
  return indicator;
}
