import type { Language } from "../schemas/language.ts";
import { formatClass, formatShare } from "./format.ts";
import { html, type Markup } from "./html.ts";

const width = 760;
const rowHeight = 30;
const bar = { left: 190, right: 600, height: 18 };
const top = 8;

export interface ShareChart {
  /** 0..1 per class. */
  shares: Readonly<Record<string, number>>;
  /** 0..1. */
  limit: number;
  limitLabel: string;
  /** Whether a class above the limit is drawn as drift. */
  judged: boolean;
  language: Language;
}

/** One horizontal bar per class, 0 to 100 %, with the limit as a dashed line: an inline SVG, 760 wide. */
export function renderShareChart({ shares, limit, limitLabel, judged, language }: ShareChart): Markup {
  const rows = Object.entries(shares)
    .sort(([, first], [, second]) => second - first)
    .map(([label, share]) => ({
      name: formatClass(label, language),
      share,
      words: formatShare(share, language),
    }));
  const bottom = top + rows.length * rowHeight;
  const limitX = toX(limit);
  const description = rows.map(({ name, words }) => `${name} ${words}`).join(", ");
  return html`<svg viewBox="0 0 ${width} ${bottom + 24}" role="img" aria-label="${description}">
${rows.map((row, index) => renderRow(row, top + index * rowHeight, judged && row.share > limit))}
<line class="limit" x1="${limitX}" x2="${limitX}" y1="${top - 4}" y2="${bottom}"/>
<text class="limit-label" x="${limitX}" y="${bottom + 16}" text-anchor="middle">${limitLabel}</text>
</svg>`;
}

function renderRow(
  { name, share, words }: { name: string; share: number; words: string },
  y: number,
  marked: boolean,
): Markup {
  const middle = y + bar.height / 2 + 4;
  return html`<text class="bar-name" x="${bar.left - 10}" y="${middle}" text-anchor="end">${shorten(name)}</text><rect class="track" x="${bar.left}" y="${y}" width="${bar.right - bar.left}" height="${bar.height}" rx="3"/><rect class="${marked ? "bar marked" : "bar"}" x="${bar.left}" y="${y}" width="${toX(share) - bar.left}" height="${bar.height}" rx="3"/><text class="bar-value" x="${bar.right + 10}" y="${middle}">${words}</text>
`;
}

const toX = (share: number) => Math.round((bar.left + share * (bar.right - bar.left)) * 10) / 10;

const shorten = (name: string) => (name.length > 26 ? `${name.slice(0, 25)}…` : name);
