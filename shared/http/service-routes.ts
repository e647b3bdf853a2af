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
 * Routes that tell something about photographs, or take them: unless AUTH is `none`, only known callers may use them.
 * The pages and documents, which contain no data of callers, stay open to all, and so does /health, which load
 * balancers ask without credentials.
 */
const closedRoutes: readonly string[] = [
  "GET /dashboard/data",
  "GET /metrics",
  "POST /predict",
  "POST /predictions/{prediction_id}/label",
  "POST /uploads",
];

/** Whether only known callers may use a route; a HEAD is as closed as its GET. @param routeKey as API Gateway has it: `POST /predict` */
export const needsCaller = (routeKey: string): boolean =>
  closedRoutes.includes(routeKey.replace(/^HEAD /, "GET "));

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
