import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { createLambdaContext } from "../../../support/http-events.ts";

afterEach(() => void vi.unstubAllEnvs());

it("ends the warm event before Lambda's deadline, also where S3 answers nothing", async () => {
  let isHanging = false;
  const server = createServer((_request, response) => {
    if (isHanging) return;
    response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    ...{ MLFLOW_TRACKING_URI: address, AWS_ENDPOINT_URL_S3: address, INFERENCE_LOG_BUCKET: "log" },
    ...{ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "us-east-1" },
    MODEL_CACHE_DIRECTORY: "/nowhere/cache",
    ...{ ENABLE_MLFLOW_TRACKING: "false", LOCAL_MODEL_FALLBACK: "false", LOG_LEVEL: "CRITICAL" },
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { handler } = await import("../../../../functions/predict/handler.ts");
  isHanging = true;
  const startedMs = performance.now();
  expect(await handler({ job: "warm" }, createLambdaContext({ remainingMs: 1_500 }))).toMatchObject({
    loaded: false,
  });
  expect(performance.now() - startedMs).toBeLessThan(1_500);
});
