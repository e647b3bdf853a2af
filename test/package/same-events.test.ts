import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Echo, echoService, failures } from "../support/echo-service.ts";
import { send } from "../support/http-client.ts";
import { type Gateway, startGateway } from "../support/lambda/gateway.ts";
import { startFunction } from "../support/lambda/start-function.ts";
import { createForm } from "../support/multipart.ts";
import { useOfflineServer } from "../support/service.ts";

/**
 * What a function receives behind serverless-offline, in a thread, and what it receives as packaged, under Lambda's runtime
 * client. What both do when a function gives no answer: here for the packaged one, in test/e2e/lambda-rules.test.ts for the other.
 */

const offline = useOfflineServer(() => echoService);
const task = mkdtempSync(path.join(tmpdir(), "echo-task-"));
let gateway: Gateway;
beforeAll(async () => {
  await build({
    entryPoints: [path.join(echoService.directory, "functions/echo.ts")],
    outfile: path.join(task, "functions/echo.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
  });
  const failing = failures.map(([, failingPath]) => `GET ${failingPath}`);
  const routes = ["GET /echo", "POST /echo", "GET /plain", ...failing, "$default"];
  gateway = await startGateway({
    routes: new Map(routes.map((routeKey) => [routeKey, "echo"])),
    start: () => startFunction("functions/echo.handler", { task }, { env: {}, timeoutMs: 3_000 }),
  });
});
afterAll(async () => {
  await gateway?.stop();
  rmSync(task, { recursive: true, force: true });
});

describe("the event is the same", () => {
  const form = createForm([{ name: "file", fileName: 'é".jpg', content: randomBytes(10_000) }]);
  const post = (contentType: string, body: Uint8Array | string) => ({
    ...{ method: "POST", path: "/echo", body },
    headers: ["Content-Type", contentType],
  });

  it.each([
    ["of a request without a body", { path: "/echo" }],
    ["of an empty body", post("image/jpeg", "")],
    ["of an image", post("image/jpeg", randomBytes(10_000))],
    ["of a form", post(form.contentType, form.body)],
    ["of JSON", post("application/json", '{"name": "Häggström"}')],
    ["of text", post("text/plain; charset=utf-8", "Häggström")],
    ["of an unreadable content type", post("nonsense", "Häggström")],
    ["with repeated headers", { path: "/echo", headers: ["X-Twice", "1", "x-twice", "2", "X-ONCE", "3"] }],
    ["with cookies", { path: "/echo", headers: ["Cookie", "k=v; l=w"] }],
    ["with a query", { path: "/echo?a=1&b=x%20y&a=2&c=&d=%C3%A9+1&e" }],
    ["with an empty query", { path: "/echo?" }],
    ["of an unknown route", { path: "/nowhere/else" }],
    ["of an escaped path", { path: "/a%20b/%C3%A9" }],
    ["of another method", { method: "DELETE", path: "/echo" }],
  ])(
    "%s",
    async (_, request: { method?: string; path: string; headers?: string[]; body?: Uint8Array | string }) => {
      const [here, deployed] = await Promise.all(
        [offline().address, gateway.address].map((address) => receive(address, request)),
      );
      expect(here).toEqual(deployed);
    },
  );
});

async function receive(
  address: string,
  { path: route, headers = [], ...request }: { path: string; headers?: string[] },
) {
  const always = ["Accept", "*/*", "User-Agent", "test/1"];
  const answer = await send(address + route, { ...request, headers: [...always, ...headers] });
  expect(answer.status).toBe(201);
  expect(answer.headers["set-cookie"]).toEqual(["a=1", "b=2; HttpOnly"]);
  const { event, hasBody, sha256 } = answer.json<Echo>();
  return { event: normaliseEvent(event), hasBody, sha256 };
}

/** Headers the gateway itself adds or sets. */
const gatewayHeaders = /^(connection|content-length|host|x-amzn-.*|x-forwarded-.*)$/;

/** An event without what names the API, the connection and the moment. */
function normaliseEvent({ headers, requestContext, ...event }: Echo["event"]) {
  const { http, routeKey, stage, ...others } = requestContext;
  return {
    ...event,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !gatewayHeaders.test(name))),
    requestContext: { http: { ...(http as object), sourceIp: "" }, routeKey, stage },
    contextNames: Object.keys(others).sort(),
  };
}

describe("no answer", () => {
  it.each(failures)(
    "of a function that %s says so, and the next one is fine",
    async (_, route, status, message) => {
      const answer = await send(gateway.address + route);
      expect(answer.status).toBe(status);
      expect(answer.json()).toEqual({ message });
      expect((await send(`${gateway.address}/echo`)).status).toBe(201);
    },
  );

  it("without a status is the body of a 200", async () => {
    const [here, deployed] = await Promise.all(
      [offline().address, gateway.address].map((address) => send(`${address}/plain`)),
    );
    expect(here).toMatchObject({ status: 200, body: deployed?.body });
    expect(here?.headers["content-type"]).toBe(deployed?.headers["content-type"]);
  });
});
