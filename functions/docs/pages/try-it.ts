import type { HttpResponse } from "../../../shared/http/http-message.ts";
import type { AuthMode } from "../../../shared/settings/access.ts";
import script from "../browser/try-it.ts?browser";
import { serviceName } from "../service-description.ts";
import { renderCredentialField } from "./credential.ts";
import { renderPage } from "./page.ts";
import styles from "./try-it.css?raw";
import body from "./try-it.html?raw";

/**
 * Renders the page that a browser gets at `/`.
 *
 * @param uploadOrigin origin of the bucket of uploads, to which the page may connect
 */
export function renderTryItPage(uploadOrigin?: string, mode: AuthMode = "none"): HttpResponse {
  return renderPage({
    title: serviceName,
    description: "Classify one fundus photograph in the browser",
    body: renderCredentialField(mode).text + body,
    styles,
    script,
    uploadOrigin,
  });
}
