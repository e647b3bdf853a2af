import type middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { RequestError } from "../errors/request-error.ts";
import type { AfterResponse } from "../runtime/after-response.ts";
import type { Log } from "../schemas/log.ts";
import { asksTooOften, nameCaller } from "./caller.ts";
import { describeError } from "./describe-error.ts";
import { type HttpResponse, jsonResponse } from "./http-message.ts";
import { methodsOf } from "./service-routes.ts";

type Middleware = middy.MiddlewareObj<APIGatewayProxyEventV2, HttpResponse>;
type Request = middy.Request<APIGatewayProxyEventV2, HttpResponse>;

/** Starts the work after the response. First in the stack, because it must be the last to see the response. */
export function answerAfter(afterResponse: AfterResponse): Middleware {
  const answered = (request: Request) => afterResponse.answered(request.context.awsRequestId);
  return { after: answered, onError: answered };
}

/** Logs one line per request: method, path, status, caller and time. */
export function logAnswer(log: Log): Middleware {
  const startedAt = new WeakMap<Request, number>();
  const write = (request: Request) => {
    const { method, path } = request.event.requestContext.http;
    log.info("Request answered", {
      method,
      path,
      status: request.response?.statusCode,
      caller: nameCaller(request.event),
      duration_ms: round(performance.now() - (startedAt.get(request) ?? performance.now())),
    });
  };
  return {
    before: (request) => {
      startedAt.set(request, performance.now());
    },
    after: write,
    onError: write,
  };
}

/** Headers of a JSON response; a page sets its own content security policy. */
const securityHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};

/**
 * Adds the headers of every response; those that the route set itself stay. CORS headers are not among them: API
 * Gateway answers preflight requests and replaces a function's own headers (serverless.yml).
 */
export function answerHeaders(): Middleware {
  const add = ({ response, context }: Request) => {
    if (response == null) return;
    response.headers = {
      ...securityHeaders,
      "x-request-id": context.awsRequestId,
      ...response.headers,
    };
  };
  return { after: add, onError: add };
}

/** Refuses a caller whose key has made more calls than it may. */
export function limitCallers(): Middleware {
  return {
    before: ({ event }) => {
      if (!asksTooOften(event)) return;
      throw new RequestError(
        "too_many_requests",
        "Expected no more calls per second than this key allows but received more; try again in a second",
      );
    },
  };
}

/** Turns an error into a response `{error, detail}`; what the caller may not know goes to the log. */
export function answerErrors(log: Log): Middleware {
  return {
    onError: (request) => {
      const { status, body, recorded } = describeError(request.error);
      if (status >= 500) log.error("Request failed", { error: request.error });
      else log.info("Request refused", { code: body.error, detail: recorded });
      request.response = jsonResponse(body, {
        statusCode: status,
        headers: errorHeaders(status, body.error, request),
      });
    },
  };
}

function errorHeaders(status: number, code: string, request: Request): Record<string, string> {
  if (status === 405) return { allow: methodsOf(request.event.requestContext.http.path).join(", ") };
  if (status === 429) return { "retry-after": "1" };
  // Without a bucket for uploads (UPLOAD_BUCKET), trying again does not help.
  if (status === 503 && code !== "uploads_unavailable") return { "retry-after": "5" };
  return {};
}

const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100;
