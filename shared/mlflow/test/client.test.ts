import { describe, expect, it } from "vitest";
import { createMlflowClient, createRun, getRun, MlflowError, unwrap } from "../index.ts";
import { createFakeServer, json } from "./fake-server.ts";

const run = { run: { info: { run_id: "r1" } } };

describe("createMlflowClient", () => {
  it("asks for a connection of its own, so that none is kept that stalls or dies", async () => {
    const { client, requests } = createFakeServer([() => json(run)]);
    await getRun(client, "r1");
    expect(requests[0]?.headers.get("connection")).toBe("close");
  });

  it("sends an id with each request", async () => {
    const { client, requests } = createFakeServer([() => json(run)]);
    await getRun(client, "r1");
    await getRun(client, "r1");
    const ids = requests.map((request) => request.headers.get("x-request-id"));
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    [{ username: "ana", password: "pä:ss" }, `Basic ${Buffer.from("ana:pä:ss").toString("base64")}`],
    [{ token: "t0ken" }, "Bearer t0ken"],
    [
      { username: "ana", password: "secret", token: "t0ken" },
      `Basic ${Buffer.from("ana:secret").toString("base64")}`,
    ],
    [{}, null],
  ])("authenticates with %o", async (credentials, expected) => {
    const { client, requests } = createFakeServer([() => json(run)], credentials);
    await getRun(client, "r1");
    expect(requests[0]?.headers.get("authorization")).toBe(expected);
  });

  it("takes credentials out of the address, and lets those given beside it win", async () => {
    const trackingUri = "https://ana:old%21@mlflow.example/prefix/";
    const { client, requests } = createFakeServer([() => json(run)], { trackingUri });
    await getRun(client, "r1");
    expect(client.trackingUri).toBe("https://mlflow.example/prefix");
    expect(requests[0]?.url).toBe("https://mlflow.example/prefix/api/2.0/mlflow/runs/get?run_id=r1");
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    expect(requests[0]?.headers.get("authorization")).toBe(basic("ana:old!"));
    const other = createFakeServer([() => json(run)], { trackingUri, password: "new" });
    await getRun(other.client, "r1");
    expect(other.requests[0]?.headers.get("authorization")).toBe(basic("ana:new"));
  });

  it("names the workspace when there is one", async () => {
    const { client, requests } = createFakeServer([() => json(run)], { workspace: "clinic" });
    await createRun(client, { experiment_id: "1" });
    expect(requests[0]?.headers.get("x-mlflow-workspace")).toBe("clinic");
  });

  it.each([
    [
      "postgresql://mlflow:hidden@db/mlflow",
      /received a postgresql: address.*mlflow server --backend-store-uri/,
    ],
    ["file:./mlruns", /received a file: address/],
    ["databricks", /received no URL/],
    ["", /received nothing/],
  ])("refuses %j as tracking URI, without showing what is in it", (trackingUri, message) => {
    const create = () => createMlflowClient({ trackingUri });
    expect(create).toThrow(MlflowError);
    expect(create).toThrow(message);
    expect(create).not.toThrow(/hidden/);
  });

  it("refuses numbers that mean nothing", () => {
    const trackingUri = "http://mlflow.example";
    const create = (options: object) => () => createMlflowClient({ trackingUri, ...options });
    expect(create({ maxAttempts: 0 })).toThrow(
      "Expected a number of at least 1 for maxAttempts but received 0",
    );
    expect(create({ timeoutMs: -1 })).toThrow(
      "Expected a number of at least 1 for timeoutMs but received -1",
    );
  });

  it("is used by path, with MLflow's own field names", async () => {
    const { client } = createFakeServer([() => json({ experiments: [] })]);
    const answer = await unwrap(
      client.POST("/api/2.0/mlflow/experiments/search", { body: { max_results: 1 } }),
    );
    expect(answer.experiments).toEqual([]);
  });
});
