import { type ApiOperation, type Method, methods, type OpenApiDocument } from "../openapi-document.ts";

export interface DocumentedRoute {
  method: Method;
  path: string;
  operation: ApiOperation;
}

/** Lists every path with each of its methods, in the document's order. */
export function listRoutes({ paths }: OpenApiDocument): DocumentedRoute[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const operation = operations[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}
