import { html, type Markup } from "../../../shared/report/html.ts";
import type { AuthMode } from "../../../shared/settings/access.ts";
import { describeFields, describeType } from "../describe-schema.ts";
import type { ApiOperation, JsonSchema, MediaType, ResponseObject } from "../openapi-document.ts";
import type { DocumentedRoute } from "./list-routes.ts";
import { renderText } from "./render-text.ts";

/** `read`: samples beside each route, as in ReDoc. `try`: a form beside each route, as in Swagger UI. */
export type ReferenceKind = "read" | "try";

type Schemas = Record<string, JsonSchema>;

/** Renders one route: its request and responses, and beside them samples or a form. */
export function renderOperation(
  route: DocumentedRoute,
  schemas: Schemas,
  kind: ReferenceKind,
  mode: AuthMode,
): Markup {
  const { method, path, operation } = route;
  return html`<section class="operation" id="${operation.operationId}" aria-labelledby="${operation.operationId}-title">
  <div class="text">
    <h3 id="${operation.operationId}-title"><span class="method ${method}">${method}</span> <code>${path}</code></h3>
    <p class="summary">${operation.summary}</p>
    <p>${renderText(operation.description)}</p>
    ${renderParameters(operation)}
    ${renderBodies(route, schemas)}
    <h4>Responses</h4>
    ${Object.entries(operation.responses).map(([status, response]) => renderResponse(route, status, response, schemas))}
  </div>
  <div class="aside">${kind === "try" && !isOfOneResource(operation) ? renderForm(route) : renderSamples(route, mode)}</div>
</section>`;
}

const renderParameters = ({ parameters = [] }: ApiOperation): Markup[] =>
  parameters.map(({ name, description }) => html`<p><code>${name}</code>: ${renderText(description)}</p>`);

function renderBodies(route: DocumentedRoute, schemas: Schemas): Markup | string {
  const { requestBody } = route.operation;
  if (requestBody === undefined) return "";
  return html`<h4>Body</h4>
    <p>${requestBody.description}</p>
    ${Object.entries(requestBody.content).map(([type, { schema }]) => renderBody(route, type, schema, schemas))}`;
}

function renderBody(route: DocumentedRoute, type: string, schema: JsonSchema, schemas: Schemas): Markup {
  const fields = describeFields(schema, schemas);
  const content =
    fields.length > 0
      ? renderFields(schema, schemas, `${titleOf(route)}: fields of ${type}`)
      : html`<p>${schema.description ?? describeType(schema, schemas)}</p>`;
  return html`<p class="type"><code>${type}</code></p>${content}`;
}

function renderResponse(
  route: DocumentedRoute,
  status: string,
  { description, content = {} }: ResponseObject,
  schemas: Schemas,
): Markup {
  return html`<details${openIf(status === "200")}>
      <summary><span class="status s${status.charAt(0)}">${status}</span> ${renderText(description)}</summary>
      ${Object.entries(content).map(
        ([type, media]) =>
          html`<p class="type"><code>${type}</code></p>${renderFields(media.schema, schemas, `${titleOf(route)}: fields of response ${status}, ${type}`)}`,
      )}
    </details>`;
}

const openIf = (isOpen: boolean): Markup => (isOpen ? html` open` : html``);

/** Part of each region's name, because regions of a page must not share one. */
const titleOf = ({ method, path }: DocumentedRoute) => `${method.toUpperCase()} ${path}`;

function renderFields(schema: JsonSchema, schemas: Schemas, title: string): Markup | string {
  const fields = describeFields(schema, schemas);
  if (fields.length === 0) return "";
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
      <thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
      <tbody>${fields.map(
        ({ path, type, isRequired, description }) =>
          html`<tr><th scope="row"><code>${path}</code>${isRequired ? "" : html` <small>optional</small>`}</th><td>${type}</td><td>${renderText(description)}</td></tr>`,
      )}</tbody>
    </table></div>`;
}

function renderSamples({ method, path, operation }: DocumentedRoute, mode: AuthMode): Markup {
  return html`<p class="caption">Request</p>
    <pre class="request"><code>${curlSample(method, operation, mode)}<span data-origin>http://localhost:8080</span>${path}</code></pre>
    ${Object.entries(operation.responses).map(([status, response]) => renderExample(status, response))}`;
}

/** Whether its path has parameters: the forms have no fields for them. */
const isOfOneResource = ({ parameters = [] }: ApiOperation) =>
  parameters.some((parameter) => parameter.in === "path");

function curlSample(method: string, operation: ApiOperation, mode: AuthMode): string {
  const caller = operation.security === undefined ? undefined : callerHeaders[mode];
  const options = [...(caller === undefined ? [] : [`-H "${caller}"`]), ...curlOptions(method, operation)];
  return ["curl", ...options.map((option) => `${option} \\\n `), ""].join(" ");
}

/** A signature of AWS cannot be written down. */
const callerHeaders: Partial<Record<AuthMode, string>> = {
  key: "X-Api-Key: YOUR_KEY",
  jwt: "Authorization: Bearer YOUR_TOKEN",
};

function curlOptions(method: string, operation: ApiOperation): string[] {
  if (method !== "post") return [];
  if (operation.requestBody === undefined) return ["-X POST"];
  return isOfOneResource(operation)
    ? [`-H "content-type: application/json" -d '{"label":"normal"}'`]
    : ["-F file=@photograph.jpg"];
}

function renderExample(status: string, { content = {} }: ResponseObject): Markup[] {
  return Object.values(content)
    .filter((media): media is MediaType & { example: unknown } => media.example !== undefined)
    .map(
      ({ example }) => html`<details${openIf(status === "200")}>
      <summary>Response <span class="status s${status.charAt(0)}">${status}</span></summary>
      <pre tabindex="0"><code>${JSON.stringify(example, null, 2)}</code></pre>
    </details>`,
    );
}

function renderForm({ method, path, operation }: DocumentedRoute): Markup {
  const file =
    operation.requestBody === undefined
      ? ""
      : html`<label>Photograph <input type="file" name="file" required></label>`;
  return html`<form data-method="${method}" data-path="${path}">
      ${file}
      <button type="submit">Send ${method.toUpperCase()} ${path}</button>
      <output role="status"></output>
    </form>`;
}
