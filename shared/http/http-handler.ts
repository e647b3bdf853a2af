import middy from "@middy/core";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { RequestError } from "../errors/request-error.ts";
import { AnswerTimeoutError } from "../errors/timeout-error.ts";
import type { AfterResponse } from "../runtime/after-response.ts";
import { runInvocation } from "../runtime/invocation.ts";
import type { Log } from "../schemas/log.ts";
import type { HttpRequest, HttpResponse, Route } from "./http-message.ts";
import { answerAfter, answerErrors, answerHeaders, limitCallers, logAnswer } from "./middlewares.ts";
import { getRouteOf, methodsOf, type ServiceRoute } from "./service-routes.ts";

type Routes = Partial<Record<ServiceRoute, Route>>;

export type HttpHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpResponse>;

/** Kept free before the function's timeout for a 504 response of our own. */
const timeoutMarginMs = 300;

/**
 * Wraps routes in the middlewares of every HTTP handler. These see the response in reverse order: first an error becomes a
 * response, last the work after the response starts.
 *
 * @param options.routes the routes that serverless.yml gives to this function
 * @example export const handler = createHttpHandler({ routes: { "GET /health": health }, log, afterResponse });
 */
export function createHttpHandler(options: {
  routes: Routes;
  log: Log;
  afterResponse: AfterResponse;
}): HttpHandler {
  const { routes, log, afterResponse } = options;
  const stack = middy<APIGatewayProxyEventV2, HttpResponse>({
    timeoutEarlyInMillis: timeoutMarginMs,
    timeoutEarlyResponse: () => {
      throw new AnswerTimeoutError();
    },
  })
    .use(answerAfter(afterResponse))
    .use(logAnswer(log))
    .use(answerHeaders())
    .use(answerErrors(log))
    .use(limitCallers())
    .handler(async (event, { awsRequestId: requestId }, { signal }) =>
      answer(routes, { event, requestId, signal }),
    );

  return (event, context) => runInvocation(context.awsRequestId, () => stack(event, context));
}

async function answer(routes: Routes, request: HttpRequest): Promise<HttpResponse> {
  const { routeKey, requestContext } = request.event;
  const { method, path } = requestContext.http;
  // An event of a function URL names no route.
  const asked = routeKey === "$default" ? `${method} ${path}` : routeKey;
  const route = routes[(method === "HEAD" ? getRouteOf(path) : asked) as ServiceRoute];
  if (route !== undefined) {
    // For HEAD the gateway sends only the headers, with the length of this body (RFC 9110, section 9.3.2).
    return route(request);
  }

  const methods = methodsOf(path);
  if (methods.length === 0) {
    throw new RequestError("not_found", `Expected a path of this service but received ${path}`);
  }
  throw new RequestError(
    "method_not_allowed",
    `Expected ${methods.join(" or ")} for ${path} but received ${method}`,
  );
}
