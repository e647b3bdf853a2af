import type { DriftIndicator, DriftReport } from "../contracts/drift-report.ts";
import { formatDurationMs, formatPercent, formatShortTime } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { type ChartChange, type ChartLine, renderPointChart } from "./point-chart.ts";
import { renderShareChart } from "./share-chart.ts";

/** The three charts of a report, each with its heading; nothing for an empty window. */
export function renderDriftCharts(report: DriftReport): Markup[] {
  if (report.predictions.length === 0) return [];
  return [
    renderFigure(
      "Confidence over time",
      `Each point is one prediction, oldest on the left; diamonds are below ${formatPercent(report.settings.low_confidence_percent)}.`,
      renderConfidenceChart(report),
    ),
    renderFigure(
      "Class shares",
      "How often each class was predicted.",
      renderShareChart({
        shares: report.window.recent_class_ratio,
        limit: thresholdOf(report, "imbalanced_class_distribution"),
        judged: report.verdict !== "insufficient_data",
      }),
    ),
    renderFigure("Inference time", describeTimeLimit(report), renderInferenceTimeChart(report)),
  ];
}

function renderFigure(title: string, caption: string, chart: Markup): Markup {
  return html`<figure><h2>${title}</h2><figcaption>${caption}</figcaption><div class="chart">${chart}</div></figure>
`;
}

function renderConfidenceChart(report: DriftReport): Markup {
  const lowLimit = report.settings.low_confidence_percent;
  const lines: ChartLine[] = [
    { value: lowLimit, label: `unsure below ${formatPercent(lowLimit)}`, kind: "limit" },
    {
      value: thresholdOf(report, "low_average_confidence"),
      label: `limit of mean ${formatPercent(thresholdOf(report, "low_average_confidence"))}`,
      kind: "limit",
    },
    ...meanLine(report.window.recent_avg_confidence, formatPercent),
  ];
  return renderPointChart({
    description: "Confidence of each prediction in percent, with the limits and the mean",
    values: report.predictions.map((prediction) => prediction.confidence),
    isMarked: (confidence) => confidence < lowLimit,
    maximum: 100,
    formatValue: formatPercent,
    lines,
    changes: listVersionChanges(report),
    footLabels: footLabelsOf(report),
  });
}

function renderInferenceTimeChart(report: DriftReport): Markup {
  const limitMs = thresholdOf(report, "high_inference_time");
  const maximumMs = axisMaximumMs(report);
  const lines = meanLine(report.window.recent_avg_inference_time_ms, formatDurationMs);
  if (limitMs <= maximumMs) {
    lines.push({ value: limitMs, label: `limit of mean ${formatDurationMs(limitMs)}`, kind: "limit" });
  }
  return renderPointChart({
    description: "Time in the model of each prediction, with the mean and the limit",
    values: report.predictions.map((prediction) => prediction.inference_time_ms),
    isMarked: (timeMs) => timeMs > limitMs,
    maximum: maximumMs,
    formatValue: formatDurationMs,
    lines,
    changes: listVersionChanges(report),
    footLabels: footLabelsOf(report),
  });
}

/** Where each further model version answered for the first time. */
function listVersionChanges(report: DriftReport): ChartChange[] {
  const versions = report.predictions.map((prediction) => prediction.model_version);
  return [...new Set(versions)]
    .slice(1)
    .map((version) => ({ index: versions.indexOf(version), label: `from here ${version}` }));
}

function describeTimeLimit(report: DriftReport): string {
  const limitMs = thresholdOf(report, "high_inference_time");
  const where = limitMs > axisMaximumMs(report) ? "far above this chart" : "the dashed line";
  return `Time in the model alone. The mean may reach ${formatDurationMs(limitMs)}: ${where}.`;
}

/** The top of the time axis: a round number above every point; the limit too, where it does not flatten the points. */
function axisMaximumMs(report: DriftReport): number {
  const slowestMs = Math.max(1, ...report.predictions.map((prediction) => prediction.inference_time_ms));
  const limitMs = thresholdOf(report, "high_inference_time");
  return roundUp(limitMs <= slowestMs * 2.5 ? Math.max(limitMs, slowestMs) : slowestMs);
}

/** The next of 1, 2, 4, 6, 8, 10 times a power of ten: quarters of it are short numbers. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((candidate) => candidate * power >= value) ?? 10;
  return step * power;
}

function meanLine(mean: number | null, format: (value: number) => string): ChartLine[] {
  return mean === null ? [] : [{ value: mean, label: `mean ${format(mean)}`, kind: "mean" }];
}

function footLabelsOf(report: DriftReport): string[] {
  const times = report.predictions.map((prediction) => prediction.timestamp_ms);
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < 3) return times.map(formatShortTime);
  return [first, times[Math.floor((times.length - 1) / 2)] as number, last].map(formatShortTime);
}

function thresholdOf(report: DriftReport, name: DriftIndicator["name"]): number {
  const indicator = report.indicators.find((candidate) => candidate.name === name);
  if (indicator === undefined) throw new TypeError(`Expected an indicator ${name} in the drift report`);
  return indicator.threshold;
}
