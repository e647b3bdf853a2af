import { html, type Markup } from "../../../shared/report/html.ts";

/**
 * Renders the box by which a reader says that photographs may be kept; only for a service that keeps some. Without
 * `autocomplete="off"` Firefox ticks it again when the page is loaded anew, for other patients.
 */
export const renderConsentBox = (keepsPhotographs: boolean): Markup =>
  keepsPhotographs
    ? html`<p class="hint"><label><input id="consent" type="checkbox" autocomplete="off"> <span data-text="consent">The patients agree that this service keeps their photographs</span></label></p>`
    : html``;
