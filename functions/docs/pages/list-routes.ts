import { type Method, methods, type OpenApiDocument, type Operation } from "../openapi-document.ts";

export interface Route {
  method: Method;
  path: string;
  operation: Operation;
}

/** Lists every path with each of its methods, in the document's order. */
export function listRoutes({ paths }: OpenApiDocument): Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const operation = operations[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}
