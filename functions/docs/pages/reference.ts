import type { HttpResponse } from "../../../shared/http/http-message.ts";
import { html, type Markup } from "../../../shared/report/html.ts";
import type { AuthMode } from "../../../shared/settings/access.ts";
import script from "../browser/reference.ts?browser";
import type { OpenApiDocument } from "../openapi-document.ts";
import { renderCredentialField } from "./credential.ts";
import { type DocumentedRoute, listRoutes } from "./list-routes.ts";
import { renderPage } from "./page.ts";
import styles from "./reference.css?raw";
import { type ReferenceKind, renderOperation } from "./render-operation.ts";
import { renderText } from "./render-text.ts";

/** Renders the OpenAPI document as a page. */
export function renderReferencePage(
  document: OpenApiDocument,
  kind: ReferenceKind,
  mode: AuthMode = "none",
): HttpResponse {
  const routes = listRoutes(document);
  const groups = document.tags.map((tag) => ({
    ...tag,
    routes: routes.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const body = html`
<a class="skip" href="#content">Skip to the routes</a>
<div class="layout">
  <nav class="side" aria-label="Routes">
    <a class="home" href="/">${document.info.title}</a>
    ${groups.map(
      (group) => html`<p class="group">${group.name}</p>
    <ul>${group.routes.map(renderLink)}</ul>`,
    )}
    ${renderOtherPages(kind)}
  </nav>
  <main id="content">
    <header>
      <h1>${document.info.title}</h1>
      <p class="version">Version ${document.info.version} · OpenAPI ${document.openapi} · ${document.info.license.name}</p>
      <p class="lead">${document.info.summary}</p>
      <p>${renderText(document.info.description)}</p>
      ${kind === "try" ? renderCredentialField(mode) : ""}
    </header>
    ${groups.map(
      (group) => html`<h2 id="${group.name}">${group.name}<small>${group.description}</small></h2>
    ${group.routes.map((route) => renderOperation(route, document.components.schemas, kind, mode))}`,
    )}
  </main>
</div>`;
  return renderPage({
    title: `${document.info.title}: ${kind === "try" ? "try each route" : "reference"}`,
    description: document.info.summary,
    body: body.text,
    styles,
    script,
  });
}

function renderLink({ method, path, operation }: DocumentedRoute): Markup {
  return html`<li><a href="#${operation.operationId}"><span class="method ${method}">${method}</span> ${path}</a></li>`;
}

function renderOtherPages(kind: ReferenceKind): Markup {
  const other =
    kind === "try" ? html`<a href="/redoc">Read the reference</a>` : html`<a href="/docs">Try each route</a>`;
  return html`<p class="group">pages</p>
    <ul><li>${other}</li><li><a href="/openapi.json">openapi.json</a></li><li><a href="/">Try a photograph</a></li></ul>`;
}
