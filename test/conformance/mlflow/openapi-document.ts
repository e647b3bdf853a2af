import { readFileSync } from "node:fs";
import path from "node:path";

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Record<string, unknown>;
}

interface Content {
  schema: Record<string, unknown>;
}

export interface AnswerDescription {
  $ref?: string;
  content?: Record<string, Content>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Content> };
  responses: Record<string, AnswerDescription>;
  "x-mlflow-not-implemented"?: boolean;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Record<string, unknown>>;
    responses: Record<string, AnswerDescription>;
  };
}

/** An operation with where it is. */
export interface Route {
  method: string;
  path: string;
  operation: Operation;
}

export const documentFile = path.resolve(
  import.meta.dirname,
  "../../../shared/mlflow/generated/openapi.json",
);

export function loadDocument(): OpenApiDocument {
  return JSON.parse(readFileSync(documentFile, "utf8")) as OpenApiDocument;
}

export function listRoutes(document: OpenApiDocument): Route[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}
