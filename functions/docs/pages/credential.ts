import { html, type Markup } from "../../../shared/report/html.ts";
import type { AuthMode } from "../../../shared/settings/access.ts";

/** A field for what identifies the caller, at the top of a page; it is kept nowhere but in the field. */
export function renderCredentialField(mode: AuthMode): Markup {
  switch (mode) {
    case "none":
      return html``;
    case "iam":
      return html`<p class="credential" lang="en">This service answers requests that are signed with AWS credentials; a page cannot sign them.</p>`;
    case "key":
      return renderField("Your key", "x-api-key", "");
    case "jwt":
      return renderField("Your token", "authorization", "Bearer ");
  }
}

const renderField = (label: string, header: string, scheme: string): Markup =>
  html`<p class="credential" lang="en"><label>${label} <input id="credential" type="password" autocomplete="off" data-header="${header}" data-scheme="${scheme}"></label></p>`;
