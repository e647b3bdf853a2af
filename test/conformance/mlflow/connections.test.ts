import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createMlflowClient, getRun, type MlflowClient, searchRuns } from "../../../shared/mlflow/index.ts";

let server: Server;
let client: MlflowClient;
let connections: number;
let closing: (string | undefined)[];

beforeEach(async () => {
  connections = 0;
  closing = [];
  server = createServer((request, response) => {
    closing.push(request.headers.connection);
    request.resume().on("end", () => response.end('{"run":{"info":{"run_id":"r1"}}}'));
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = createMlflowClient({ trackingUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

it("opens a connection for each request and keeps none", async () => {
  for (let count = 0; count < 3; count += 1) await getRun(client, "r1");
  for await (const _run of searchRuns(client, { experiment_ids: ["1"] })) throw new Error("there is none");
  expect(connections).toBe(4);
  expect(closing).toEqual(["close", "close", "close", "close"]);
  expect(await countOpen(server)).toBe(0);
});

it("asks several things at once, each on its own connection", async () => {
  await Promise.all(Array.from({ length: 8 }, () => getRun(client, "r1")));
  expect(connections).toBe(8);
  expect(await countOpen(server)).toBe(0);
});

async function countOpen(of: Server): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve, reject) => {
    of.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
