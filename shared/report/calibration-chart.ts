import type { CalibrationBin } from "../schemas/evaluation-report.ts";
import { formatShare } from "./format.ts";
import { html, type Markup } from "./html.ts";

const size = 300;
const plot = { left: 52, right: 276, top: 14, bottom: 248 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** Accuracy over confidence as an inline SVG: a circle per bin, larger for more photographs. */
export function renderCalibrationChart(bins: readonly CalibrationBin[]): Markup {
  const most = Math.max(...bins.map(({ photographs }) => photographs), 1);
  return html`<svg class="square" viewBox="0 0 ${size} ${size}" role="img" aria-label="${describe(bins)}">
${ticks.map(renderTick)}
<line class="limit" x1="${toX(0)}" y1="${toY(0)}" x2="${toX(1)}" y2="${toY(1)}"/>
<g class="points">${bins.map((bin) => renderBin(bin, most))}</g>
<text class="axis" x="${toX(0.5)}" y="${size - 8}" text-anchor="middle">confidence</text>
<text class="axis" x="12" y="${toY(0.5)}" text-anchor="middle" transform="rotate(-90 12 ${toY(0.5)})">share that was right</text>
</svg>`;
}

function renderTick(share: number): Markup {
  return html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${toY(share)}" y2="${toY(share)}"/><text class="axis" x="${plot.left - 6}" y="${toY(share) + 4}" text-anchor="end">${formatShare(share)}</text><text class="axis" x="${toX(share)}" y="${plot.bottom + 18}" text-anchor="middle">${formatShare(share)}</text>
`;
}

function renderBin({ confidence, accuracy, photographs }: CalibrationBin, most: number): Markup {
  if (confidence === null || accuracy === null) return html``;
  return html`<circle cx="${toX(confidence)}" cy="${toY(accuracy)}" r="${round(3 + 9 * Math.sqrt(photographs / most))}"/>`;
}

function describe(bins: readonly CalibrationBin[]): string {
  const known = bins.filter(({ photographs }) => photographs > 0);
  const words = known.map(
    ({ confidence, accuracy, photographs }) =>
      `${formatShare(accuracy ?? 0)} of ${photographs} right at ${formatShare(confidence ?? 0)}`,
  );
  return `Calibration: ${words.join("; ")}`;
}

const toX = (share: number) => round(plot.left + share * (plot.right - plot.left));
const toY = (share: number) => round(plot.bottom - share * (plot.bottom - plot.top));
const round = (value: number) => Math.round(value * 10) / 10;
