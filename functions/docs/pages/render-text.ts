import { html, type Markup } from "../../../shared/report/html.ts";

/** Renders a description. OpenAPI's descriptions are CommonMark; of that, only code between backticks is rendered. */
export function renderText(text: string): Markup[] {
  return text.split("`").map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
