import type { HttpResponse } from "../../../shared/http/http-message.ts";
import type { AuthMode } from "../../../shared/settings/access.ts";
import script from "../browser/dashboard/dashboard.ts?browser";
import { renderCredentialField } from "./credential.ts";
import styles from "./dashboard.css?raw";
import body from "./dashboard.html?raw";
import { renderPage } from "./page.ts";

/** `GET /dashboard`: charts of what the service answered over time. The figures come from `GET /dashboard/data`. */
export function renderDashboardPage(mode: AuthMode = "none"): HttpResponse {
  return renderPage({
    title: "What happened",
    description: "Predictions, classes, confidence, time and drift over the last days",
    body: renderCredentialField(mode).text + body,
    styles,
    script,
  });
}
