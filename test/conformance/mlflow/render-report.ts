import path from "node:path";
import { listRoutes, type OpenApiDocument, type Route } from "./openapi-document.ts";

export const reportFile = path.resolve(import.meta.dirname, "../../../docs/mlflow-operations.md");

type Answers = ReadonlyMap<string, ReadonlySet<number>>;

/** Which operations the conformance suite calls, and what they answered: Markdown, a table for each tag. */
export function renderReport(document: OpenApiDocument, answers: Answers): string {
  const routes = listRoutes(document);
  const called = routes.filter((route) => answers.has(route.operation.operationId));
  const tags = [...new Set(routes.flatMap((route) => route.operation.tags))].sort();
  return [
    "# MLflow's operations, as called live",
    "",
    `MLflow ${document.info.version}: ${called.length} of the ${routes.length} described operations are called by`,
    "`test/conformance/mlflow` against a real server on PostgreSQL and S3, with every request and answer held against",
    "`shared/mlflow/generated/openapi.json`. The suite fails when this page is out of date; `npm run test:conformance -- --update` renews it.",
    "",
    ...tags.flatMap((tag) => renderTag(tag, routes, answers)),
  ].join("\n");
}

function renderTag(tag: string, routes: Route[], answers: Answers): string[] {
  const rows = routes
    .filter((route) => route.operation.tags.includes(tag))
    .map((route) => renderRow(route, answers.get(route.operation.operationId)));
  return [`## ${tag}`, "", "| operation | | path | answered |", "|---|---|---|---|", ...rows, ""];
}

function renderRow({ method, path, operation }: Route, statuses: ReadonlySet<number> | undefined): string {
  const answered = statuses === undefined ? "not called" : [...statuses].sort((a, b) => a - b).join(", ");
  const note = operation["x-mlflow-not-implemented"] ? " (not implemented by the server)" : "";
  return `| ${operation.operationId} | ${method} | \`${path}\` | ${answered}${note} |`;
}
