import { html, type Markup } from "../../../shared/report/html.ts";
import type { AuthMode } from "../../../shared/settings/access.ts";

/** Renders a field for the caller's key or token at the top of a page; it is kept nowhere but in the field. */
export function renderCredentialField(mode: AuthMode): Markup {
  switch (mode) {
    case "none":
      return html``;
    case "iam":
      return html`<p class="credential" data-text="signedAlone">This service answers requests that are signed with AWS credentials; a page cannot sign them.</p>`;
    case "key":
      return renderField("yourKey", "Your key", "x-api-key", "");
    case "jwt":
      return renderField("yourToken", "Your token", "authorization", "Bearer ");
  }
}

/** @param key of the label's words, on the pages that have several languages */
const renderField = (key: string, label: string, header: string, scheme: string): Markup =>
  html`<p class="credential"><label><span data-text="${key}">${label}</span> <input id="credential" type="password" autocomplete="off" data-header="${header}" data-scheme="${scheme}"></label></p>`;
