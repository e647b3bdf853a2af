/** Every route of the service, as in serverless.yml; anything else gets 404 or 405. */
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
 * Routes that anybody may use: pages and documents, which contain no data of callers, and /health, which load balancers ask
 * without credentials. Every other route tells something about photographs, or takes them: unless AUTH is `none`, only known
 * callers may use it.
 */
const openRoutes: readonly ServiceRoute[] = [
  "GET /",
  "GET /assets/{name}",
  "GET /dashboard",
  "GET /docs",
  "GET /health",
  "GET /model-card",
  "GET /openapi.json",
  "GET /redoc",
];

/** Whether only known callers may use a route; a HEAD is as closed as its GET. @param routeKey as API Gateway has it: `POST /predict` */
export function needsCaller(routeKey: string): boolean {
  const route = serviceRoutes.find((known) => known === routeKey.replace(/^HEAD /, "GET "));
  return route !== undefined && !openRoutes.includes(route);
}

/** Methods of a path; empty for an unknown path. Every GET has a HEAD (RFC 9110, section 9.3.2). */
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

/** Whether a path matches a route's, in which `{name}` stands for any one segment, as in API Gateway. */
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
