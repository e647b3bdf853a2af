import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Echo, echoService, failures } from "../support/echo-service.ts";
import { send } from "../support/http-client.ts";
import { createForm } from "../support/multipart.ts";
import { startOfflineServer, useOfflineServer } from "../support/service.ts";

const server = useOfflineServer(() => echoService);
const url = (route: string) => server().address + route;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("a body", () => {
  const bytes = randomBytes(1_000_000);

  it.each(["image/jpeg", "image/png", "application/octet-stream", "application/x-www-form-urlencoded"])(
    "of type %s arrives byte by byte",
    async (contentType) => {
      const answer = await send(url("/echo"), {
        method: "POST",
        headers: ["Content-Type", contentType],
        body: bytes,
      });
      const { event, sha256: received } = answer.json<Echo>();
      expect(received).toBe(sha256(bytes));
      expect(event).toMatchObject({ isBase64Encoded: true, headers: { "content-type": contentType } });
    },
  );

  it.each(["multipart/form-data", "nonsense", "image/"])(
    "arrives although its type is %s",
    async (contentType) => {
      const answer = await send(url("/echo"), {
        method: "POST",
        headers: ["Content-Type", contentType],
        body: bytes,
      });
      expect(answer.json<Echo>()).toMatchObject({
        sha256: sha256(bytes),
        event: { headers: { "content-type": contentType } },
      });
    },
  );

  it("of a multipart form arrives byte by byte", async () => {
    const { contentType, body } = createForm([{ name: "file", fileName: 'é".jpg', content: bytes }]);
    const answer = await send(url("/echo"), { method: "POST", headers: ["Content-Type", contentType], body });
    expect(answer.json<Echo>().sha256).toBe(sha256(body));
  });

  it.each(["application/json", "text/plain; charset=utf-8"])(
    "of type %s arrives as text",
    async (contentType) => {
      const body = '{"name": "Häggström"}';
      const answer = await send(url("/echo"), {
        method: "POST",
        headers: ["Content-Type", contentType],
        body,
      });
      const { event, sha256: received } = answer.json<Echo>();
      expect(event).toMatchObject({ isBase64Encoded: false });
      expect(received).toBe(sha256(Buffer.from(body)));
    },
  );

  it("that is absent or empty is left out", async () => {
    expect((await send(url("/echo"), { method: "POST" })).json()).toMatchObject({ hasBody: false });
    expect((await send(url("/echo"))).json()).toMatchObject({ hasBody: false });
  });

  it("Lambda would not take is refused in words", async () => {
    const body = randomBytes(4_800_000);
    const answer = await send(url("/echo"), {
      method: "POST",
      headers: ["Content-Type", "image/jpeg"],
      body,
    });
    expect(answer.status).toBe(413);
    expect(answer.json()).toEqual({
      error: "payload_too_large",
      detail: expect.stringMatching(/6 MB.*4800000 bytes/),
    });
  });

  it("just below Lambda's limit is taken", async () => {
    const body = randomBytes(4_700_000);
    const answer = await send(url("/echo"), {
      method: "POST",
      headers: ["Content-Type", "image/jpeg"],
      body,
    });
    expect(answer.json<Echo>().sha256).toBe(sha256(body));
  });

  it.each([11_000_000, 30_000_000])("of %d bytes is refused as API Gateway does", async (length) => {
    const body = randomBytes(length);
    const answer = await send(url("/echo"), {
      method: "POST",
      headers: ["Content-Type", "image/jpeg"],
      body,
    });
    expect(answer.status).toBe(413);
    expect(answer.json()).toEqual({
      message: "Request Entity Too Large",
      error: "payload_too_large",
      detail: expect.stringContaining("10 MB"),
    });
  });
});

describe("an event", () => {
  it("has payload format 2.0", async () => {
    const answer = await send(url("/echo?a=1&b=x%20y&a=2&c="), {
      headers: ["X-Twice", "1", "x-twice", "2", "Cookie", "k=v; l=w", "User-Agent", "test/1"],
    });
    const { event } = answer.json<Echo>();
    expect(event).toEqual({
      version: "2.0",
      routeKey: "GET /echo",
      rawPath: "/echo",
      rawQueryString: "a=1&b=x%20y&a=2&c=",
      cookies: ["k=v", "l=w"],
      headers: expect.objectContaining({ "x-twice": "1,2", "user-agent": "test/1" }),
      queryStringParameters: { a: "1,2", b: "x y", c: "" },
      requestContext: expect.objectContaining({
        http: {
          method: "GET",
          path: "/echo",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test/1",
        },
        requestId: expect.stringMatching(/^[\w-]{36}$/),
        stage: "$default",
      }),
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty("cookie");
  });

  it("of an unknown route or another method goes to $default", async () => {
    for (const [method, route] of [
      ["GET", "/nowhere"],
      ["DELETE", "/echo"],
    ] as const) {
      const { event, environment } = (await send(url(route), { method })).json<Echo>();
      expect(event).toMatchObject({ routeKey: "$default", rawPath: route });
      expect(environment.function).toBe("echo-dev-other");
    }
  });

  it("meets the function's own environment variables and context", async () => {
    const { environment, context } = (await send(url("/echo"))).json<Echo>();
    expect(environment).toEqual({ function: "echo-dev-echo", greeting: "hi" });
    expect(context).toMatchObject({ functionName: "echo-dev-echo", awsRequestId: expect.any(String) });
    expect(context.remainingMs).toBeGreaterThan(1_000);
  });

  it("meets the same environment as the one before it", async () => {
    const counts: number[] = [];
    for (let i = 0; i < 4; i += 1) counts.push((await send(url("/echo"))).json<Echo>().events);
    const [first = 0] = counts;
    expect(counts).toEqual([first, first + 1, first + 2, first + 3]);
  });

  it("is answered when it comes together with others", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(url("/echo"))));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
  });
});

describe("an answer", () => {
  it("is the function's, with its headers and cookies", async () => {
    const { status, headers } = await send(url("/echo"));
    expect(status).toBe(201);
    expect(headers).toMatchObject({ "content-type": "application/json", "x-own": "1" });
    expect(headers["set-cookie"]).toEqual(["a=1", "b=2; HttpOnly"]);
  });

  it("is neither compressed nor cut into ranges", async () => {
    const { headers } = await send(url("/echo"), { headers: ["Accept-Encoding", "gzip"] });
    expect(headers).not.toHaveProperty("content-encoding");
    const whole = await send(url("/plain"), { headers: ["Range", "bytes=0-3"] });
    expect(whole).toMatchObject({ status: 200, body: '{"just":"an object"}' });
    expect(whole.headers).not.toHaveProperty("accept-ranges");
  });

  it("without a status is the body of a 200", async () => {
    const answer = await send(url("/plain"));
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ just: "an object" });
  });

  it.each(failures)(
    "of a function that %s says so, and the next one is fine",
    async (_, route, status, message) => {
      const answer = await send(url(route));
      expect(answer.status).toBe(status);
      expect(answer.json()).toEqual({ message });
      expect((await send(url("/echo"))).status).toBe(201);
    },
  );

  it("allows other origins", async () => {
    const preflight = await send(url("/echo"), {
      method: "OPTIONS",
      headers: ["Origin", "https://clinic.example", "Access-Control-Request-Method", "POST"],
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": expect.stringMatching(/^(\*|https:\/\/clinic\.example)$/),
      "access-control-allow-methods": expect.stringContaining("POST"),
    });
    const { headers } = await send(url("/echo"), { headers: ["Origin", "https://clinic.example"] });
    expect(headers).toHaveProperty("access-control-allow-origin");
  });
});

describe("an execution environment", () => {
  it("is warmed when the server starts, and tidies up when it stops", async () => {
    const own = await startOfflineServer(echoService);
    await send(`${own.address}/echo`);
    await own.stop();
    const log = own.log();
    expect(log).toContain("job warm");
    expect(log).toContain("SIGTERM, tidying up");
    expect(log).toContain("tidied up");
  });
});
