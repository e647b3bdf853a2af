import type { HttpResponse } from "../../../shared/http/http-message.ts";
import type { AuthMode } from "../../../shared/settings/access.ts";
import { formatBytes } from "../browser/format.ts";
import script from "../browser/try-it.ts?browser";
import { serviceName } from "../service-description.ts";
import { renderConsentBox } from "./consent.ts";
import { renderCredentialField } from "./credential.ts";
import { renderPage } from "./page.ts";
import styles from "./try-it.css?raw";
import body from "./try-it.html?raw";

/** The largest photograph that a request to Lambda carries. */
const maxLambdaBytes = 4_500_000;

export interface TryItOptions {
  mode: AuthMode | undefined;
  /** Bytes of a photograph in a request. */
  maxUploadBytes: number;
  /** The origin of the bucket of uploads, and how large a photograph in it may be; undefined when there is no such bucket. */
  uploads: { origin: string; maxBytes: number } | undefined;
  /** Whether the operator's policy keeps photographs. */
  keepsPhotographs: boolean;
}

/** Renders the page that a browser gets at `/`. */
export function renderTryItPage({ mode = "none", ...options }: TryItOptions): HttpResponse {
  const { maxUploadBytes, uploads, keepsPhotographs } = options;
  const maxRequestBytes = Math.min(maxUploadBytes, maxLambdaBytes);
  const maxBytes = Math.max(maxRequestBytes, uploads?.maxBytes ?? 0);
  return renderPage({
    title: serviceName,
    description: "Classify one fundus photograph in the browser",
    body:
      renderCredentialField(mode).text +
      body
        .replace("{maxBytes}", String(maxBytes))
        .replace("{maxRequestBytes}", String(maxRequestBytes))
        .replace("{consent}", renderConsentBox(keepsPhotographs).text)
        .replace("{limit}", formatBytes(maxBytes, "en"))
        .replace(/(data-text="privacyStored") hidden/, uploads === undefined ? "$&" : "$1")
        .replace("{requestLimit}", formatBytes(maxRequestBytes, "en")),
    styles,
    script,
    uploadOrigin: uploads?.origin,
  });
}
