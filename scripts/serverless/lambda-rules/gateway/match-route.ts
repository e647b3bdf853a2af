/** The route that answers a request, and the values of its `{name}`s. */
export interface MatchedRoute {
  /** As serverless.yml has it, e.g. `GET /assets/{name}`; `$default` when no other fits. */
  routeKey: string;
  pathParameters?: Record<string, string>;
}

/**
 * Chooses a route as an HTTP API of API Gateway does: one with exactly this path, else one whose parameters fit, else the default.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute(routeKeys: Iterable<string>, method: string, path: string): MatchedRoute {
  const wanted = `${method} ${path}`;
  const known = [...routeKeys];
  if (known.includes(wanted)) return { routeKey: wanted };
  for (const routeKey of known.filter((key) => key.includes("{"))) {
    const pathParameters = readParameters(routeKey, wanted);
    if (pathParameters !== undefined) return { routeKey, pathParameters };
  }
  return { routeKey: "$default" };
}

function readParameters(routeKey: string, wanted: string): Record<string, string> | undefined {
  const [pattern, segments] = [routeKey.split("/"), wanted.split("/")];
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i] as string;
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name === undefined ? part !== segment : segment === "") return undefined;
    if (name !== undefined) parameters[name] = decode(segment);
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
