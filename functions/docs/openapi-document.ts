/** The part of OpenAPI 3.1 that this service uses (https://spec.openapis.org/oas/v3.1.1.html). */
export interface OpenApiDocument {
  openapi: "3.1.1";
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<Method, ApiOperation>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    securitySchemes?: Record<string, SecurityScheme>;
  };
}

export type SecurityScheme = { description: string } & (
  | { type: "apiKey"; name: string; in: "header" }
  | { type: "openIdConnect"; openIdConnectUrl: string }
);

export const methods = ["get", "post"] as const;
export type Method = (typeof methods)[number];

export interface ApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters?: {
    name: string;
    in: "path" | "query" | "header";
    required: boolean;
    description: string;
    schema: JsonSchema;
  }[];
  requestBody?: { required: boolean; description: string; content: Record<string, MediaType> };
  responses: Record<string, ResponseObject>;
  /** Absent when the route is open to all. */
  security?: Record<string, string[]>[];
}

export interface ResponseObject {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema: JsonSchema;
  example?: unknown;
}

/** The part of JSON Schema 2020-12 that zod writes and the pages read. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: (string | number)[];
  const?: string | number;
  format?: string;
  contentMediaType?: string;
  minimum?: number;
  maximum?: number;
}
