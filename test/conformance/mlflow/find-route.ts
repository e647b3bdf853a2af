import type { Route } from "./openapi-document.ts";

export interface FoundRoute extends Route {
  /** Values of the path's parameters, decoded. */
  pathParameters: Record<string, string>;
}

/** Finds the operation that a method and a URL's path mean; a path without parameters wins over one with. */
export function createRouteFinder(
  routes: Route[],
): (method: string, pathname: string) => FoundRoute | undefined {
  const candidates = routes
    .map((route) => ({ route, pattern: compilePattern(route.path) }))
    .sort((a, b) => countParameters(a.route.path) - countParameters(b.route.path));
  return (method, pathname) => {
    for (const { route, pattern } of candidates) {
      const match = route.method === method ? pattern.exec(pathname) : null;
      if (match !== null) return { ...route, pathParameters: decodeAll(match.groups ?? {}) };
    }
    return undefined;
  };
}

function compilePattern(path: string): RegExp {
  const pattern = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "artifact_path" ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${pattern}$`);
}

function countParameters(path: string): number {
  return path.split("{").length - 1;
}

function decodeAll(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
