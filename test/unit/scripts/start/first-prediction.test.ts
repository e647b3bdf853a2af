import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { predictOnce } from "../../../../scripts/start/first-prediction.ts";
import { samplePhotograph } from "../../../../scripts/start/packaged-model.ts";

const prediction = JSON.stringify({
  predicted_class: "normal",
  confidence: 97.5,
  model: { name: "eye-disease-model", version: "1", source: "mlflow" },
});
let server: Server;
afterEach(() => server.close());

async function answerWith(...statuses: number[]): Promise<string> {
  server = createServer((request, response) => {
    request.resume().once("end", () => {
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 500;
      response.writeHead(status).end(status === 200 ? prediction : '{"error":"timeout"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("waits for a service that is not ready, and says so", async () => {
  const said: string[] = [];
  const request = { address: await answerWith(504, 200), photograph: samplePhotograph };
  expect(await predictOnce({ ...request, say: (message) => said.push(message) })).toBe(
    "normal (97.5 %) by eye-disease-model version 1, mlflow",
  );
  expect(said).toEqual(["the service is not ready yet; asking it again"]);
});

it("gives up a service that is never ready", async () => {
  const request = { address: await answerWith(503), photograph: samplePhotograph, timeoutMs: 0 };
  await expect(predictOnce(request)).rejects.toThrow('POST /predict answered 503: {"error":"timeout"}');
});

it("does not ask again after a refusal", async () => {
  const request = { address: await answerWith(401, 200), photograph: samplePhotograph };
  await expect(predictOnce(request)).rejects.toThrow("POST /predict answered 401");
});
