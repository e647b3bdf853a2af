import type { DriftIndicator, DriftReport } from "../contracts/drift-report.ts";
import { describeIndicatorVerdict } from "./advice.ts";
import { formatDurationMs, formatIndicatorValue, formatPercent, formatShare, formatTime } from "./format.ts";
import { html, type Markup } from "./html.ts";

/** Each indicator with its value, its threshold and the verdict in words. */
export function renderIndicatorTable(report: DriftReport): Markup {
  return html`<div class="table"><table class="indicators">
<caption>Indicators</caption>
<thead><tr><th scope="col">Indicator</th><th scope="col">Value</th><th scope="col" class="limit-column">Drift when</th><th scope="col">Verdict</th></tr></thead>
<tbody>${report.indicators.map(renderIndicator)}</tbody>
</table></div>`;
}

function renderIndicator(indicator: DriftIndicator): Markup {
  const { title, measures } = indicator;
  const state = indicator.drifted === null ? "unjudged" : indicator.drifted ? "drift" : "ok";
  return html`
<tr><th scope="row">${title}<small>${measures}<br><code>${indicator.name}</code></small></th>
<td>${formatIndicatorValue(indicator.value, indicator.unit)}</td>
<td class="limit-column">${indicator.direction} ${formatIndicatorValue(indicator.threshold, indicator.unit)}</td>
<td class="${state}">${describeIndicatorVerdict(indicator)}</td></tr>`;
}

/** What the window holds and where it comes from. */
export function renderWindowTable(report: DriftReport): Markup {
  return html`<div class="table"><table>
<caption>Window</caption>
<tbody>${listWindowRows(report).map(
    ([name, value]) => html`
<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}</tbody>
</table></div>`;
}

function listWindowRows(report: DriftReport): [string, string][] {
  const { window, settings } = report;
  return [
    [
      "Predictions",
      `${window.recent_prediction_count} (window ${settings.window_size}, at least ${settings.minimum_predictions} to judge)`,
    ],
    ["First", window.first_timestamp_ms === null ? "none" : formatTime(window.first_timestamp_ms)],
    ["Last", window.last_timestamp_ms === null ? "none" : formatTime(window.last_timestamp_ms)],
    ["Sessions", String(window.session_count)],
    ["Model versions", window.model_versions.join(", ") || "none"],
    ["Confidence", withDeviation(window.recent_avg_confidence, window.recent_std_confidence, formatPercent)],
    [
      `Below ${formatPercent(settings.low_confidence_percent)}`,
      window.recent_low_confidence_ratio === null ? "none" : formatShare(window.recent_low_confidence_ratio),
    ],
    [
      "Inference time",
      withDeviation(
        window.recent_avg_inference_time_ms,
        window.recent_std_inference_time_ms,
        formatDurationMs,
      ),
    ],
  ];
}

function withDeviation(
  mean: number | null,
  deviation: number | null,
  format: (value: number) => string,
): string {
  if (mean === null || deviation === null) return "none";
  return `${format(mean)}, standard deviation ${format(deviation)}`;
}
