import { html, type Markup } from "./html.ts";

/** A line across a point chart: a limit (dashed) or a mean (solid). */
export interface ChartLine {
  value: number;
  label: string;
  kind: "limit" | "mean";
}

/** An upright line before a point: something changed there. */
export interface ChartChange {
  index: number;
  label: string;
}

export interface PointChart {
  /** What a screen reader says about the picture. */
  description: string;
  /** One value per point, in order; drawn at equal distances. */
  values: readonly number[];
  /** Points that the reader should look at are drawn as diamonds. */
  isMarked: (value: number) => boolean;
  /** The vertical axis goes from 0 to here. */
  maximum: number;
  formatValue: (value: number) => string;
  lines: readonly ChartLine[];
  changes: readonly ChartChange[];
  /** Words under the first, middle and last point. */
  footLabels: readonly string[];
}

const width = 760;
const height = 250;
const plot = { left: 56, right: 570, top: 12, bottom: 216 };
const lineLabelDistance = 15;

/** One point per value from left to right, with limits and means as lines: an inline SVG, 760 x 250. */
export function renderPointChart(chart: PointChart): Markup {
  const toY = (value: number) => round(plot.bottom - (value / chart.maximum) * (plot.bottom - plot.top));
  const toX = (index: number) =>
    chart.values.length === 1
      ? (plot.left + plot.right) / 2
      : round(plot.left + 8 + (index / (chart.values.length - 1)) * (plot.right - plot.left - 16));
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => part * chart.maximum);
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.description}">
${ticks.map((value) => renderTick(toY(value), chart.formatValue(value)))}
${renderLines(chart.lines, toY)}
${chart.changes.map((change, order) => renderChange(change, toX(change.index - 0.5), order))}
<g class="points">${chart.values.map((value, index) => renderPoint(toX(index), toY(value), chart.isMarked(value)))}</g>
${renderFootLabels(chart.footLabels)}
</svg>`;
}

function renderTick(y: number, label: string): Markup {
  return html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/><text class="axis" x="${plot.left - 8}" y="${y + 4}" text-anchor="end">${label}</text>
`;
}

function renderPoint(x: number, y: number, marked: boolean): Markup {
  return marked
    ? html`<path class="marked" d="M${x} ${y - 5}l5 5-5 5-5-5z"/>`
    : html`<circle cx="${x}" cy="${y}" r="3.2"/>`;
}

/** Lines are drawn at their values; their labels move apart where they would overlap. */
function renderLines(lines: readonly ChartLine[], toY: (value: number) => number): Markup[] {
  let lowestFree = plot.top;
  return [...lines]
    .sort((first, second) => second.value - first.value)
    .map((line) => {
      const y = toY(line.value);
      const labelY = Math.max(y, lowestFree);
      lowestFree = labelY + lineLabelDistance;
      return html`<line class="${line.kind}" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/><path class="leader" d="M${plot.right} ${y}L${plot.right + 8} ${labelY}"/><text class="${line.kind}-label" x="${plot.right + 12}" y="${labelY + 4}">${line.label}</text>
`;
    });
}

/** The label stands at the foot, on the side with more room; labels of several changes are stacked. */
function renderChange(change: ChartChange, x: number, order: number): Markup {
  const onLeft = x > (plot.left + plot.right) / 2;
  const labelY = plot.bottom - 8 - order * lineLabelDistance;
  return html`<line class="change" x1="${x}" x2="${x}" y1="${plot.top}" y2="${plot.bottom}"/><text class="change-label" x="${onLeft ? x - 6 : x + 6}" y="${labelY}" text-anchor="${onLeft ? "end" : "start"}">${change.label}</text>
`;
}

function renderFootLabels(labels: readonly string[]): Markup[] {
  const anchors = ["start", "middle", "end"];
  const positions = [plot.left, (plot.left + plot.right) / 2, plot.right];
  return labels.map(
    (label, index) =>
      html`<text class="axis" x="${positions[index] ?? plot.left}" y="${plot.bottom + 20}" text-anchor="${anchors[index] ?? "start"}">${label}</text>`,
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
