import { html, type Markup } from "../../../shared/report/html.ts";

/** Renders the box by which a reader says that photographs may be kept; only for a service that keeps some. */
export const renderConsentBox = (keepsPhotographs: boolean): Markup =>
  keepsPhotographs
    ? html`<p class="hint"><label><input id="consent" type="checkbox"> <span data-text="consent">The patients agree that this service keeps their photographs</span></label></p>`
    : html``;
