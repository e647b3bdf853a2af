import { expect, it } from "vitest";
import { findReference as findForReport } from "../../../functions/drift/find-reference.ts";
import { readKeptReference as findForMetrics } from "../../../functions/metrics/read-kept-reference.ts";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const noFolder = "no-such-folder";

/** A registry that has no such version. */
const mlflow = createMlflowClient({
  trackingUri: "http://registry.invalid",
  maxAttempts: 1,
  fetch: async () =>
    Response.json({ error_code: "RESOURCE_DOES_NOT_EXIST", message: "gone" }, { status: 404 }),
});

function prepare() {
  const store = createMemoryStore();
  const location = { store, bucket: "log", prefix: "" };
  const report = (version: string, parts: { keeps?: boolean; enableRegistry?: boolean } = {}) =>
    findForReport(
      {
        ...{ location, store, artifactRoot: undefined, localModelDirectory: noFolder },
        keeps: parts.keeps ?? true,
        language: "en",
        mlflow: parts.enableRegistry === false ? undefined : mlflow,
      },
      version,
    );
  const metrics = (version: string, enableRegistry = true) =>
    findForMetrics(location, version, { localModelDirectory: noFolder, enableRegistry });
  return { store, report, metrics };
}

it("what the report finds to have no reference is known to GET /metrics", async () => {
  const { report, metrics } = prepare();
  expect(await metrics("eyes/9")).toEqual({ isUnread: true });
  expect(await report("eyes/9")).toHaveProperty("note");
  expect(await metrics("eyes/9")).toEqual({ isUnread: false });
  expect(await metrics("eyes/10")).toEqual({ isUnread: true });
});

it("with the registry off neither the report nor GET /metrics waits for a reference, and none is said to be absent", async () => {
  const { store, report, metrics } = prepare();
  expect(await report("eyes/9", { enableRegistry: false })).toEqual({ note: { code: "registry_off" } });
  expect(await metrics("eyes/9", false)).toEqual({ isUnread: false });
  expect([...store.objects.keys()]).toEqual([]);
  expect(await metrics("eyes/9")).toEqual({ isUnread: true });
});

it("predictions of no version of a registry have no reference to wait for", async () => {
  expect(await prepare().metrics("packaged/2026-11-25")).toEqual({ isUnread: false });
});

it("a replay keeps nothing", async () => {
  const { store, report } = prepare();
  await report("eyes/9", { keeps: false });
  expect([...store.objects.keys()]).toEqual([]);
});
