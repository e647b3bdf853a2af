import { createRouteFinder, type FoundRoute } from "./find-route.ts";
import {
  type AnswerDescription,
  listRoutes,
  type OpenApiDocument,
  type Parameter,
} from "./openapi-document.ts";
import { createSchemaChecker, type SchemaChecker } from "./schema-checker.ts";

export interface ConformanceChecker {
  /** Like fetch, but throws when a request or its answer is not as the document says. */
  fetch(request: Request, init?: RequestInit): Promise<Response>;
  /** Statuses that each operation answered, by its id. */
  readonly answers: ReadonlyMap<string, ReadonlySet<number>>;
  /** Takes what was wrong since the last time: a caller that expects a refusal would swallow what fetch throws. */
  takeProblems(): string[];
}

/** Holds what a client sends and what the server answers against the document. */
export function createConformanceChecker(document: OpenApiDocument): ConformanceChecker {
  const findRoute = createRouteFinder(listRoutes(document));
  const check = createSchemaChecker(document);
  const answers = new Map<string, Set<number>>();
  const problems: string[] = [];

  async function checkedFetch(request: Request, init?: RequestInit): Promise<Response> {
    const url = new URL(request.url);
    const route = findRoute(request.method, url.pathname);
    if (route === undefined) throw new Error(`${request.method} ${url.pathname} is not in the document`);
    checkParameters(route, url.searchParams, check);
    await checkRequestBody(route, request.clone(), check);
    const response = await fetch(request, init);
    await checkAnswer(route, response.clone(), document, check);
    const { operationId } = route.operation;
    answers.set(operationId, (answers.get(operationId) ?? new Set()).add(response.status));
    return response;
  }

  return {
    answers,
    takeProblems: () => problems.splice(0),
    fetch: async (request, init) => {
      try {
        return await checkedFetch(request, init);
      } catch (error) {
        problems.push((error as Error).message);
        throw error;
      }
    },
  };
}

function checkParameters(route: FoundRoute, query: URLSearchParams, check: SchemaChecker): void {
  const parameters = route.operation.parameters ?? [];
  const known = new Set(parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name));
  for (const name of query.keys()) {
    if (!known.has(name))
      throw new Error(`${describe(route)}: query parameter ${name} is not in the document`);
  }
  for (const parameter of parameters) {
    const texts =
      parameter.in === "path" ? [route.pathParameters[parameter.name] ?? ""] : query.getAll(parameter.name);
    if (texts.length === 0 && parameter.required !== true) continue;
    const problem =
      texts.length === 0 ? "is missing" : check(parameter.schema, parseParameter(parameter, texts));
    if (problem !== undefined) throw new Error(`${describe(route)}: parameter ${parameter.name}: ${problem}`);
  }
}

function parseParameter({ schema }: Parameter, texts: string[]): unknown {
  if (schema.type === "array") return texts;
  const [text = ""] = texts;
  if (schema.type === "integer" || schema.type === "number") return Number(text);
  return schema.type === "boolean" ? text === "true" : text;
}

async function checkRequestBody(route: FoundRoute, request: Request, check: SchemaChecker): Promise<void> {
  const described = route.operation.requestBody;
  const contentType = request.headers.get("content-type") ?? "";
  if (request.body === null) {
    if (described?.required) throw new Error(`${describe(route)}: the body is missing`);
    return;
  }
  const content = described?.content[contentType];
  if (content === undefined)
    throw new Error(`${describe(route)}: a body of type ${contentType} is not in the document`);
  if (contentType !== "application/json") return;
  const problem = check(content.schema, await request.json());
  if (problem !== undefined) throw new Error(`${describe(route)}: request body: ${problem}`);
}

async function checkAnswer(
  route: FoundRoute,
  response: Response,
  document: OpenApiDocument,
  check: SchemaChecker,
): Promise<void> {
  const where = `${describe(route)}: answer ${response.status}`;
  const described = findAnswer(route, response.status, document);
  if (described === undefined) throw new Error(`${where} is not in the document`);
  const body = await response.text();
  const contentType = response.headers.get("content-type")?.split(";")[0] ?? "";
  if (described.content === undefined) {
    if (body !== "")
      throw new Error(`${where} has a body that is not in the document: ${body.slice(0, 200)}`);
    return;
  }
  const content = described.content[contentType] ?? described.content["*/*"];
  if (content === undefined) throw new Error(`${where} of type ${contentType} is not in the document`);
  if (contentType !== "application/json" || described.content[contentType] === undefined) return;
  const problem = check(content.schema, JSON.parse(body));
  if (problem !== undefined) throw new Error(`${where}: ${problem}\n${body.slice(0, 2000)}`);
}

function findAnswer(
  route: FoundRoute,
  status: number,
  document: OpenApiDocument,
): AnswerDescription | undefined {
  const { responses } = route.operation;
  const described = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`];
  const name = described?.$ref?.split("/").at(-1);
  return name === undefined ? described : document.components.responses[name];
}

function describe(route: FoundRoute): string {
  return `${route.operation.operationId} (${route.method} ${route.path})`;
}
