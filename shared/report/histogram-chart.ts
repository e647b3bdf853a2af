import { html, type Markup } from "./html.ts";

const width = 380;
const height = 150;
const plot = { left: 8, right: 372, top: 8, bottom: 112 };

export interface HistogramChart {
  /** What a screen reader says about the picture. */
  description: string;
  /** One more than there are bins, ascending. */
  edges: readonly number[];
  /** Share of each side in each bin, 0..1. */
  reference: readonly number[];
  current: readonly number[];
  /** Names of the two sides, for the legend. */
  names: { reference: string; current: string };
  formatValue: (value: number) => string;
}

/** The reference as an outline, the current window as bars: an inline SVG, 380 x 150. */
export function renderHistogramChart(chart: HistogramChart): Markup {
  const { edges, reference, current, names } = chart;
  const highest = Math.max(1e-9, ...reference, ...current);
  const first = edges[0] ?? 0;
  const span = (edges.at(-1) ?? 1) - first || 1;
  const toX = (value: number) => round(plot.left + ((value - first) / span) * (plot.right - plot.left));
  const toY = (share: number) => round(plot.bottom - (share / highest) * (plot.bottom - plot.top));
  const bars = current.map((share, bin) => {
    const [from, to] = [toX(edges[bin] as number), toX(edges[bin + 1] as number)];
    return html`<rect class="now" x="${from}" y="${toY(share)}" width="${round(Math.max(1, to - from - 1))}" height="${round(plot.bottom - toY(share))}"/>`;
  });
  const outline = reference.map(
    (share, bin) => `H${toX(edges[bin] as number)}V${toY(share)}H${toX(edges[bin + 1] as number)}`,
  );
  return html`<svg class="half" viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.description}">
${bars}
<path class="usual" d="M${plot.left} ${plot.bottom}${outline.join("")}V${plot.bottom}"/>
<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>
<text class="axis" x="${plot.left}" y="${plot.bottom + 15}">${chart.formatValue(first)}</text>
<text class="axis" x="${plot.right}" y="${plot.bottom + 15}" text-anchor="end">${chart.formatValue(edges.at(-1) ?? 1)}</text>
<path class="usual" d="M${plot.left} ${height - 8}h18"/><text class="axis" x="${plot.left + 24}" y="${height - 4}">${names.reference}</text>
<rect class="now" x="${plot.left + 120}" y="${height - 14}" width="18" height="10"/><text class="axis" x="${plot.left + 144}" y="${height - 4}">${names.current}</text>
</svg>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
