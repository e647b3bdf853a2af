import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ModelNotLoadedError } from "../../../shared/errors/model-error.ts";
import { RequestError } from "../../../shared/errors/request-error.ts";
import { ServiceError } from "../../../shared/errors/service-error.ts";
import { createHttpHandler } from "../../../shared/http/http-handler.ts";
import { jsonResponse, type Route, textResponse } from "../../../shared/http/http-message.ts";
import { createHttpEvent, createLambdaContext } from "../../support/http-events.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";

function createHandler(route: Route) {
  const log = createRecordedLog();
  const answered: string[] = [];
  const afterResponse = {
    run: () => {},
    answered: async (requestId: string) => {
      answered.push(`${requestId} after ${log.lines.at(-1)?.message}`);
    },
  };
  const handler = createHttpHandler({ routes: { "POST /predict": route }, log, afterResponse });
  return { handler, log, answered };
}

const context = createLambdaContext({ requestId: "request-1" });

describe("a response", () => {
  it("is the route's, with the headers of every response", async () => {
    const { handler } = createHandler(() => jsonResponse({ fine: true }, { statusCode: 201 }));
    const { statusCode, headers, body } = await handler(createHttpEvent(), context);
    expect({ statusCode, body }).toEqual({ statusCode: 201, body: '{"fine":true}' });
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "x-request-id": "request-1",
    });
  });

  it("is the same for a function URL, whose events name no route", async () => {
    const { handler } = createHandler(() => jsonResponse({ fine: true }));
    const ofUrl = (path: string) => ({ ...createHttpEvent({ path }), routeKey: "$default" });
    expect(await handler(ofUrl("/predict"), context)).toMatchObject({
      statusCode: 200,
      body: '{"fine":true}',
    });
    expect(await handler(ofUrl("/other"), context)).toMatchObject({ statusCode: 404 });
    expect(await handler(ofUrl("/health"), context)).toMatchObject({ statusCode: 405 });
  });

  it("keeps the headers that the route set itself", async () => {
    const { handler } = createHandler(() =>
      textResponse("text/html; charset=utf-8", "<p>", { headers: { "content-security-policy": "own" } }),
    );
    const { headers } = await handler(createHttpEvent(), context);
    expect(headers).toMatchObject({
      "content-security-policy": "own",
      "content-type": "text/html; charset=utf-8",
    });
  });

  it.each([
    ["success", () => jsonResponse({})],
    ["failure", () => Promise.reject(new Error("broken"))],
  ])("of %s starts the work after it last of all", async (_, route) => {
    const { handler, answered } = createHandler(route);
    await handler(createHttpEvent(), context);
    expect(answered).toEqual(["request-1 after Request answered"]);
  });

  it("is logged with its status", async () => {
    const { handler, log } = createHandler(() => jsonResponse({}, { statusCode: 202 }));
    await handler(createHttpEvent(), context);
    expect(log.lines).toMatchObject([
      {
        level: "info",
        message: "Request answered",
        details: { method: "POST", path: "/predict", status: 202, duration_ms: expect.any(Number) },
      },
    ]);
  });

  it("is logged with the milliseconds it took, to a hundredth", async () => {
    const { handler, log } = createHandler(async () => {
      await sleep(30);
      return jsonResponse({});
    });
    await handler(createHttpEvent(), context);
    const durationMs = Number(log.lines[0]?.details.duration_ms);
    expect(durationMs).toBeGreaterThan(25);
    expect(durationMs).toBeLessThan(10_000);
    expect(durationMs).toBe(Math.round(durationMs * 100) / 100);
  });
});

describe("an error", () => {
  it.each([
    [new RequestError("invalid_image", "Expected a picture"), 400, "invalid_image", "Expected a picture"],
    [new RequestError("missing_file", "Expected a file"), 422, "missing_file", "Expected a file"],
    [
      new ServiceError("metrics_unavailable", "No log", { status: 503 }),
      503,
      "metrics_unavailable",
      "No log",
    ],
  ])("raised on purpose is told to the caller: %s", async (error, status, code, detail) => {
    const { handler } = createHandler(() => Promise.reject(error));
    const response = await handler(createHttpEvent(), context);
    expect(response.statusCode).toBe(status);
    expect(JSON.parse(response.body)).toEqual({ error: code, detail });
    expect(response.headers).toMatchObject({
      "x-request-id": "request-1",
    });
    expect(response.headers["retry-after"]).toBe(status === 503 ? "5" : undefined);
    expect(response.headers).not.toHaveProperty("allow");
  });

  it("that waiting does not end asks nobody to try again", async () => {
    const error = new ServiceError("uploads_unavailable", "No bucket", { status: 503 });
    const { handler } = createHandler(() => Promise.reject(error));
    expect((await handler(createHttpEvent(), context)).headers).not.toHaveProperty("retry-after");
  });

  it.each([
    [new RequestError("invalid_image", "Expected a picture"), "info", "Request refused"],
    [new ServiceError("metrics_unavailable", "No log", { status: 503 }), "error", "Request failed"],
  ])("is logged by who is at fault: %s", async (error, level, message) => {
    const { handler, log } = createHandler(() => Promise.reject(error));
    await handler(createHttpEvent(), context);
    expect(log.lines.map((line) => `${line.level} ${line.message}`)).toEqual([
      `${level} ${message}`,
      "info Request answered",
    ]);
  });

  it("is logged without what the caller wrote", async () => {
    const error = new RequestError("missing_file", "Received Jane Roe.jpg", { recorded: "Received a field" });
    const { handler, log } = createHandler(() => Promise.reject(error));
    const { body } = await handler(createHttpEvent(), context);
    expect(JSON.parse(body)).toMatchObject({ detail: "Received Jane Roe.jpg" });
    expect(log.lines).toContainEqual({
      level: "info",
      message: "Request refused",
      details: { code: "missing_file", detail: "Received a field" },
    });
  });

  it.each([
    ["an unforeseen one", new Error("password=hunter2")],
    ["an internal one", new ServiceError("model_not_servable", "password=hunter2")],
    ["a thrown value", "password=hunter2"],
  ])("%s stays in the log", async (_, error) => {
    const { handler, log } = createHandler(() => Promise.reject(error));
    const response = await handler(createHttpEvent(), context);
    expect(response.statusCode).toBe(500);
    expect(JSON.stringify(response)).not.toContain("hunter2");
    expect(JSON.parse(response.body)).toEqual({ error: "internal_error", detail: expect.any(String) });
    expect(log.lines).toContainEqual({ level: "error", message: "Request failed", details: { error } });
  });

  it("for want of a model is 503 and names no address", async () => {
    const error = new ModelNotLoadedError("connect ECONNREFUSED 192.0.2.1:5000");
    const { handler } = createHandler(() => Promise.reject(error));
    const response = await handler(createHttpEvent(), context);
    expect(response.statusCode).toBe(503);
    expect(JSON.parse(response.body)).toEqual({
      error: "model_not_loaded",
      detail: expect.not.stringContaining("192"),
    });
  });

  it("is told to the route when the function's own time is nearly over", async () => {
    let signal: AbortSignal | undefined;
    const { handler } = createHandler((request) => {
      signal = request.signal;
      return new Promise(() => {});
    });
    await handler(createHttpEvent(), createLambdaContext({ remainingMs: 310 }));
    expect(signal?.aborted).toBe(true);
  });

  it("is a time-out in words when the function's own is near", async () => {
    const { handler } = createHandler(() => new Promise(() => {}));
    const response = await handler(createHttpEvent(), createLambdaContext({ remainingMs: 310 }));
    expect(response.statusCode).toBe(504);
    expect(JSON.parse(response.body)).toMatchObject({ error: "timeout" });
  });
});

it("tells a caller why a photograph was refused, in words and by name", async () => {
  const warnings = [{ code: "blurred" as const, message: "The photograph is blurred." }];
  const { handler } = createHandler(() => {
    throw new RequestError("ungradable_photograph", "Expected another", { warnings });
  });
  const { statusCode, body } = await handler(createHttpEvent(), context);
  expect(statusCode).toBe(422);
  expect(JSON.parse(body)).toEqual({ error: "ungradable_photograph", detail: "Expected another", warnings });
});

describe("HEAD", () => {
  const afterResponse = { run: () => {}, answered: async () => {} };
  const page = () => textResponse("text/html; charset=utf-8", "<p>");
  const handler = createHttpHandler({
    routes: { "GET /docs": page, "GET /health": page },
    log: createRecordedLog(),
    afterResponse,
  });

  it.each(["/docs", "/health"])(
    "%s gets what GET gets; the gateway sends its length and not its body",
    async (path) => {
      for (const routeKey of ["$default", `HEAD ${path}`]) {
        const head = await handler(createHttpEvent({ method: "HEAD", path, routeKey }), context);
        const get = await handler(createHttpEvent({ method: "GET", path, routeKey: `GET ${path}` }), context);
        expect(head).toEqual(get);
      }
    },
  );

  it("is refused where there is no GET", async () => {
    const event = createHttpEvent({ method: "HEAD", path: "/predict", routeKey: "$default" });
    expect(await handler(event, context)).toMatchObject({ statusCode: 405, headers: { allow: "POST" } });
  });
});

describe("a request that no route answers", () => {
  const { handler } = createHandler(() => jsonResponse({}));

  it("gets 404 where the path is unknown", async () => {
    const response = await handler(createHttpEvent({ path: "/nope", routeKey: "$default" }), context);
    expect(response.statusCode).toBe(404);
    expect(JSON.parse(response.body)).toMatchObject({
      error: "not_found",
      detail: expect.stringContaining("/nope"),
    });
  });

  it("gets 405 and the methods there are where the path is known", async () => {
    const event = createHttpEvent({ method: "DELETE", path: "/predict", routeKey: "$default" });
    const response = await handler(event, context);
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe("POST");
    expect(JSON.parse(response.body)).toMatchObject({ error: "method_not_allowed" });
  });
});
