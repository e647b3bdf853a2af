/** Every route of the service, as serverless.yml gives them to its functions; all else is answered 404 or 405. */
export const serviceRoutes = [
  "GET /",
  "GET /assets/{name}",
  "GET /dashboard",
  "GET /dashboard/data",
  "GET /docs",
  "GET /health",
  "GET /metrics",
  "GET /model-card",
  "GET /openapi.json",
  "GET /redoc",
  "POST /predict",
  "POST /predictions/{prediction_id}/label",
  "POST /uploads",
] as const;
export type ServiceRoute = (typeof serviceRoutes)[number];

/**
 * What says something of photographs, or takes some: where AUTH is not none, for known callers alone. Open to all stay the pages and
 * documents, which hold nothing, and /health, which load balancers ask without credentials.
 */
const closedRoutes: readonly string[] = [
  "GET /dashboard/data",
  "HEAD /dashboard/data",
  "GET /metrics",
  "HEAD /metrics",
  "POST /predict",
  "POST /predictions/{prediction_id}/label",
  "POST /uploads",
];

/** @param routeKey as API Gateway has it, `POST /predict` */
export const needsCaller = (routeKey: string): boolean => closedRoutes.includes(routeKey);

/** Methods the service knows for a path; empty for an unknown path. Whatever can be got has a HEAD (RFC 9110, section 9.3.2). */
export function methodsOf(path: string): string[] {
  return serviceRoutes.flatMap((route) => {
    const [method, routePath] = route.split(" ") as [string, string];
    if (!fits(routePath, path)) return [];
    return method === "GET" ? [method, "HEAD"] : [method];
  });
}

/** The route that answers GET for a path. */
export const getRouteOf = (path: string): ServiceRoute | undefined =>
  serviceRoutes.find((route) => route.startsWith("GET ") && fits(route.slice(4), path));

/** Whether a path is one of a route's, whose `{name}` stands for any one segment, as in API Gateway. */
function fits(routePath: string, path: string): boolean {
  const segments = path.split("/");
  const wanted = routePath.split("/");
  return (
    wanted.length === segments.length &&
    wanted.every((segment, index) =>
      segment.startsWith("{") ? segments[index] !== "" : segment === segments[index],
    )
  );
}
