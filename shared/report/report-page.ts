import { html, Markup } from "./html.ts";
import { reportStyle } from "./report-style.ts";

type Cell = string | number | Markup;

/** The page of a report, which needs nothing else: no script, no font, no image from elsewhere. */
export function renderReportPage(page: {
  title: string;
  /** Colour of the first lines. */
  tone: "ok" | "drift" | "insufficient_data";
  /** What follows from it, after the title. */
  next: string;
  made: string;
  content: readonly (Markup | string)[];
  footer: string;
}): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${page.title}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<main>
<header class="verdict ${page.tone}"><h1>${page.title} <span>${page.next}</span></h1></header>
<p class="made">${page.made}</p>
${page.content}
<footer>${page.footer}</footer>
</main>
</body>
</html>
`.text;
}

/** A table whose first column names the rows; nothing where there are no rows. It can be scrolled with the keyboard. */
export function renderReportTable(
  caption: Cell,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  if (rows.length === 0) return html``;
  return html`<div class="table" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((name) => (name === "" ? html`<td></td>` : html`<th scope="col">${name}</th>`))}</tr></thead>
<tbody>${rows.map(
    ([first = "", ...others]) => html`
<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}
