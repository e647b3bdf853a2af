import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
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
let location = "http://elsewhere.invalid/";
let answers = true;
const server = createServer(async (request, response) => {
  received.push({ type: request.headers["content-type"], body: JSON.parse(await text(request)) });
  if (answers) response.writeHead(status, { location }).end("thanks");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const channel = createWebhookChannel(`http://127.0.0.1:${port}/hooks/secret`);

afterEach(() => {
  status = 200;
  answers = true;
  received.length = 0;
  vi.restoreAllMocks();
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

it.each([302, 307])("takes an alert nowhere else when the server answers %d", async (answer) => {
  let strayed = 0;
  const other = createServer((_, response) => {
    strayed += 1;
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    other.close();
  });
  location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  status = answer;
  await expect(channel.send(alert)).rejects.toThrow("unexpected redirect");
  expect(strayed).toBe(0);
});

it("gives a server that does not answer ten seconds", async () => {
  answers = false;
  const controller = new AbortController();
  const createTimeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(controller.signal);
  const sending = channel.send(alert);
  await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 10_000 });
  controller.abort(new DOMException("", "TimeoutError"));
  await expect(sending).rejects.toThrow("cannot be reached (TimeoutError)");
  expect(createTimeout).toHaveBeenCalledExactlyOnceWith(10_000);
});

it("says that nobody answers", async () => {
  await new Promise((resolve) => server.close(resolve));
  await expect(channel.send(alert)).rejects.toThrow(`127.0.0.1:${port} cannot be reached`);
});
