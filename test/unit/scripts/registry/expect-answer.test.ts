import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectRegistry } from "../../../../scripts/registry/connect-registry.ts";
import { expectAnswer } from "../../../../scripts/registry/expect-answer.ts";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";

describe("expectAnswer", () => {
  const ask = (fetch: (request: Request, init?: RequestInit) => Promise<Response>) => {
    const connection = connectRegistry();
    const mlflow = createMlflowClient({ trackingUri: "http://mlflow.test", retryDelayMs: 1, fetch });
    return expectAnswer({ ...connection, mlflow, answerTimeoutMs: 50 });
  };

  it("gives up a server that does not answer, and says how to wait longer", async () => {
    const hang = (_: Request, { signal }: RequestInit = {}) =>
      new Promise<Response>((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
      });
    await expect(ask(hang)).rejects.toMatchObject({
      errorCode: "TIMEOUT",
      message:
        "MLflow did not answer within 0.05 s; MLFLOW_HTTP_REQUEST_TIMEOUT (seconds) sets how long it is waited for.",
    });
  });

  it.each([
    ["the experiment", () => Response.json({ experiment: {} })],
    ["that there is none", () => Response.json({ error_code: "RESOURCE_DOES_NOT_EXIST" }, { status: 404 })],
    ["a refusal", () => new Response("no", { status: 401 })],
    ["something that is not JSON", () => new Response("{", { status: 200 })],
  ])("takes %s for an answer", async (_, answer) => {
    await expect(ask(async () => answer())).resolves.toBeUndefined();
  });

  it("throws what hinders a connection as it is", async () => {
    const refuse = async () => {
      throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    };
    await expect(ask(refuse)).rejects.toMatchObject({ errorCode: "CONNECTION_FAILED" });
  });

  it("waits ten seconds where nothing else is set", () => {
    expect(connectRegistry().answerTimeoutMs).toBe(10_000);
  });
});

describe("with an MLflow that takes connections and never answers", () => {
  const server = createServer((socket) => socket.on("error", () => socket.destroy()));
  beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
  afterAll(() => server.close());

  it.concurrent.each([
    ["models"],
    ["rollback"],
    ["history"],
    ["register", "models/eye-disease/model.keras"],
    ["compare", "1", "2"],
  ])("%s says so after one attempt, and what to do", async (...words) => {
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, ["scripts/fundus.mjs", ...words], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH: process.env.PATH,
        MLFLOW_TRACKING_URI: `http://127.0.0.1:${port}`,
        MLFLOW_HTTP_REQUEST_TIMEOUT: "1",
      },
    });
    const [said] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(said).toContain("MLflow did not answer within 1 s; ");
    expect(said).toContain(`MLFLOW_TRACKING_URI names 127.0.0.1:${port}. Start the local stack with`);
    expect(child.exitCode).toBe(1);
  });
});
