import { prefersType } from "../../shared/http/accepted-type.ts";
import { type HttpResponse, jsonResponse, type Route } from "../../shared/http/http-message.ts";
import type { AccessSettings } from "../../shared/settings/access.ts";
import type { UploadSettings } from "../../shared/settings/upload.ts";
import { answerAsset } from "./assets.ts";
import { createOpenApiDocument } from "./openapi.ts";
import { renderDashboardPage } from "./pages/dashboard.ts";
import { renderModelCardPage } from "./pages/model-card.ts";
import { renderReferencePage } from "./pages/reference.ts";
import { renderTryItPage, type TryItOptions } from "./pages/try-it.ts";
import { describeSecurity } from "./security.ts";
import { describeService } from "./service-description.ts";

type DocsRoute =
  | "GET /"
  | "GET /assets/{name}"
  | "GET /dashboard"
  | "GET /docs"
  | "GET /model-card"
  | "GET /openapi.json"
  | "GET /redoc";

/**
 * Creates the routes by which the service describes itself. All pages are rendered once; each response is a copy, because
 * the middlewares add headers to it.
 *
 * @param options.version of this service
 * @param options.modelName of the model that serves
 */
export function createDocs(options: {
  version: string;
  modelName?: string;
  limits: UploadSettings;
  uploads?: TryItOptions["uploads"];
  keepsPhotographs?: boolean;
  access?: AccessSettings | undefined;
}): Record<DocsRoute, Route> {
  const description = describeService(options.version, options.modelName);
  const described = createOpenApiDocument(options.version, options.limits);
  const document = options.access === undefined ? described : describeSecurity(described, options.access);
  const tryIt = renderTryItPage({
    mode: options.access?.mode,
    maxUploadBytes: options.limits.maxUploadBytes,
    uploads: options.uploads,
    keepsPhotographs: options.keepsPhotographs ?? false,
  });
  const docs = renderReferencePage(document, "try", options.access?.mode);
  const dashboard = renderDashboardPage(options.access?.mode);
  const modelCard = renderModelCardPage();
  const redoc = renderReferencePage(document, "read", options.access?.mode);

  return {
    "GET /": ({ event }) =>
      withVaryAccept(prefersType(event.headers.accept, "text/html") ? tryIt : jsonResponse(description)),
    "GET /assets/{name}": answerAsset,
    "GET /dashboard": () => ({ ...dashboard }),
    "GET /docs": () => ({ ...docs }),
    "GET /model-card": () => ({ ...modelCard }),
    "GET /redoc": () => ({ ...redoc }),
    "GET /openapi.json": () => jsonResponse(document),
  };
}

/** A cache must not give the page to a client that asked for JSON. */
const withVaryAccept = (response: HttpResponse): HttpResponse => ({
  ...response,
  headers: { ...response.headers, vary: "accept" },
});
