import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createOpenApiDocument } from "../../../../functions/docs/openapi.ts";
import { describeSecurity } from "../../../../functions/docs/security.ts";
import { findCredentials } from "../../../../scripts/demo/find-credentials.ts";
import { sendPhotographs } from "../../../../scripts/demo/send-photographs.ts";
import { findKey } from "../../../../shared/access/api-key.ts";
import { readKeys } from "../../../../shared/access/key-store.ts";
import { accessSettings } from "../../../../shared/settings/access.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";

let close = () => {};
afterEach(() => close());

/** A service with a setting of AUTH that answers a key the second time that it sees it. */
async function open(AUTH: string) {
  const access = accessSettings.parse({ AUTH, AUTH_JWT_ISSUER: "https://a.example", AUTH_JWT_AUDIENCE: "b" });
  const limits = { maxUploadBytes: 1_000, maxImagePixels: 1_000 };
  const document = describeSecurity(createOpenApiDocument("1", limits), access);
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === "/openapi.json") return response.end(JSON.stringify(document));
    seen.push(request.headers["x-api-key"]?.toString());
    return response.writeHead(AUTH === "key" && seen.length === 1 ? 403 : 200).end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  close = () => server.close().closeAllConnections();
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const locate = () => ({ store: createMemoryStore(), bucket: "log", prefix: "" });

it("a service that wants a key gets a new one, and is asked again until it knows that", async () => {
  const location = locate();
  const { address, seen } = await open("key");
  const first = await findCredentials(address, location);
  const headers = await findCredentials(address, location);
  const keys = await readKeys(location);
  // The key of the last demo is replaced.
  expect(keys).toMatchObject([{ name: "npm-run-demo" }]);
  expect(first).not.toEqual(headers);
  expect(findKey(keys, headers["x-api-key"] ?? "", Date.now())).toBeDefined();

  const counts: number[] = [];
  await sendPhotographs({ address, headers }, [Buffer.from("x")], (count) => counts.push(count));
  expect(counts).toEqual([1]);
  expect(seen).toEqual([headers["x-api-key"], headers["x-api-key"]]);
});

it("a service that is open to all gets none", async () => {
  const location = locate();
  const { address } = await open("none");
  expect(await findCredentials(address, location)).toEqual({});
  expect(await readKeys(location)).toEqual([]);
});

it.each(["jwt", "iam"])("AUTH=%s is beyond the demo", async (AUTH) => {
  const { address } = await open(AUTH);
  await expect(findCredentials(address, locate())).rejects.toThrow(
    "Expected a service whose AUTH is none or key",
  );
});

it("photographs that the demo sends are not kept, because nobody was asked for consent", async () => {
  const said: unknown[] = [];
  const server = createServer((request, response) => {
    request.resume();
    said.push(request.headers["x-keep-photograph"]);
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  close = () => server.close().closeAllConnections();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  await sendPhotographs({ address, headers: {} }, [Buffer.from("x")], () => {});

  expect(said).toEqual(["no"]);
});

it("a service that is not there is said", async () => {
  await expect(findCredentials("http://127.0.0.1:1", locate())).rejects.toThrow("npm start");
});
