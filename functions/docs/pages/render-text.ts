import { html, type Markup } from "../../../shared/report/html.ts";

/** A description's text; what stands between backticks is code, as OpenAPI's descriptions are CommonMark. */
export function renderText(text: string): Markup[] {
  return text.split("`").map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
