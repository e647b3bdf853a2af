import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import type { Alert } from "../../../../../functions/drift/alerts/alert-episode.ts";
import { createWebhookChannel } from "../../../../../functions/drift/alerts/webhook-channel.ts";

const alert: Alert = {
  kind: "drift_began",
  episode_id: "1",
  subject: "Drift: black pictures",
  text: "Drift: black pictures\nType next: npm run drift",
  severity: "drift",
  causes: ["dark_pictures"],
  links: [],
  command: "npm run drift",
};

const received: { type: string | undefined; body: unknown }[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  received.push({ type: request.headers["content-type"], body: JSON.parse(await text(request)) });
  response.writeHead(status, { location: "http://elsewhere.invalid/" }).end("thanks");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const channel = createWebhookChannel(`http://127.0.0.1:${port}/hooks/secret`);

afterEach(() => {
  status = 200;
});

it("posts the alert with its text where chat programs look for it", async () => {
  await channel.send(alert);
  expect(received).toEqual([{ type: "application/json", body: alert }]);
});

it.each([500, 404, 302])("says that the server answered %d, without the address's secret", async (answer) => {
  status = answer;
  const failure = await channel.send(alert).catch((error: Error) => error.message);
  expect(failure).toMatch(`127.0.0.1:${port} `);
  expect(failure).not.toContain("secret");
});

it("says that nobody answers", async () => {
  await new Promise((resolve) => server.close(resolve));
  await expect(channel.send(alert)).rejects.toThrow(`127.0.0.1:${port} cannot be reached`);
});
