import type { Language } from "../schemas/language.ts";
import { html, Markup } from "./html.ts";
import { reportStyle } from "./report-style.ts";

type Cell = string | number | Markup;

const documentLanguages: Record<Language, string> = { en: "en", pt: "pt-BR" };

/** The page of a report, which needs nothing else: no script, no font, no image from elsewhere. */
export function renderReportPage(page: {
  language?: Language;
  title: string;
  heading: Markup;
  made: string;
  content: Markup | readonly (Markup | string)[];
  footer: Markup | string;
}): string {
  return html`<!doctype html>
<html lang="${documentLanguages[page.language ?? "en"]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${page.title}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<main>
${page.heading}
<p class="made">${page.made}</p>
${page.content}
<footer>${page.footer}</footer>
</main>
</body>
</html>
`.text;
}

/** The first lines of a report that judges: what it says, in the colour of its tone, and what follows from that. */
export const renderVerdict = (
  tone: "ok" | "warning" | "drift" | "insufficient_data",
  verdict: string,
  next: string,
): Markup => html`<header class="verdict ${tone}"><h1>${verdict} <span>${next}</span></h1></header>`;

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
