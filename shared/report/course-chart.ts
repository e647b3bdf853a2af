import { html, type Markup } from "./html.ts";

const width = 380;
const height = 130;
const plot = { left: 8, right: 372, top: 14, bottom: 96 };

export interface CourseChart {
  /** What a screen reader says about the picture. */
  description: string;
  /** One value per part of the window, in the order of time. */
  values: readonly number[];
  /** The mean of the reference, where there is one: a line across the chart. */
  reference: { value: number; label: string } | undefined;
  formatValue: (value: number) => string;
  /** Words under the first and the last value. */
  footLabels: readonly [string, string];
}

/** A figure over the window as a line, beside the reference's mean: an inline SVG, 380 x 130. */
export function renderCourseChart(chart: CourseChart): Markup {
  const { values, reference, footLabels, formatValue } = chart;
  const all = [...values, ...(reference === undefined ? [] : [reference.value])];
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  const span = highest - lowest || Math.abs(highest) || 1;
  const toY = (value: number) => round(plot.bottom - ((value - lowest) / span) * (plot.bottom - plot.top));
  const toX = (at: number) =>
    round(plot.left + (values.length === 1 ? 0.5 : at / (values.length - 1)) * (plot.right - plot.left));
  const points = values.map((value, at) => `${toX(at)} ${toY(value)}`);
  return html`<svg class="half" viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.description}">
<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>
<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${plot.top}" y2="${plot.top}"/>
<text class="axis" x="${plot.left}" y="${plot.top - 3}">${formatValue(highest)}</text>
<text class="axis" x="${plot.left}" y="${plot.bottom - 3}">${formatValue(lowest)}</text>
${reference === undefined ? "" : html`<line class="limit" x1="${plot.left}" x2="${plot.right}" y1="${toY(reference.value)}" y2="${toY(reference.value)}"/><text class="limit-label" x="${plot.right}" y="${toY(reference.value) - 3}" text-anchor="end">${reference.label}</text>`}
<path class="course" d="M${points.join("L")}"/>
${values.length === 1 ? html`<circle class="point" cx="${toX(0)}" cy="${toY(values[0] as number)}" r="3.2"/>` : ""}
<text class="axis" x="${plot.left}" y="${plot.bottom + 16}">${footLabels[0]}</text>
<text class="axis" x="${plot.right}" y="${plot.bottom + 16}" text-anchor="end">${footLabels[1]}</text>
</svg>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
