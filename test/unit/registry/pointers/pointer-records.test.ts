import { expect, test } from "vitest";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";
import { lookUpPreviousVersion } from "../../../../shared/registry/pointers/look-up-previous-version.ts";
import { readHistory } from "../../../../shared/registry/pointers/read-history.ts";
import { renderServedVersion } from "../../../../shared/schemas/served-version.ts";

const createdMs = Date.parse("2026-11-25T10:00:00.000Z");
const minuteMs = 60_000;

/**
 * A registry whose model was created at minute 0, with versions 1 at minute 0 and 2 at minute 30, and no audit entry.
 *
 * @param served number of a version, and the minute since which a session answered with it
 */
function createRegistry(served: [string, number][]) {
  const describe = (version: string, minute: number) => ({
    ...{ name: "m", version, current_stage: "None" },
    creation_timestamp: createdMs + minute * minuteMs,
  });
  const tags = served.map(([version, minute]) =>
    renderServedVersion({
      ...{ name: "m", version, foundBy: "@champion", engine: "onnx" },
      sinceMs: createdMs + minute * minuteMs,
    }),
  );
  const answers: Record<string, object> = {
    "registered-models/get": { registered_model: { name: "m", creation_timestamp: createdMs } },
    "model-versions/search": { model_versions: [describe("1", 0), describe("2", 30)] },
    "experiments/get-by-name": { experiment: { experiment_id: "7" } },
    "runs/search": { runs: [{ data: { tags } }] },
  };
  return createMlflowClient({
    trackingUri: "http://registry.invalid",
    maxAttempts: 1,
    fetch: async ({ url }) =>
      Response.json(answers[new URL(url).pathname.replace("/api/2.0/mlflow/", "")] ?? {}),
  });
}

const query = { name: "m", pointer: "@champion", experimentName: "service" };

test("what a deleted model of the same name answered with is no version to go back to", async () => {
  const before = createRegistry([
    ["1", -20],
    ["2", -10],
  ]);
  expect(await lookUpPreviousVersion(before, { ...query, current: "1" })).toBeUndefined();
  const between = createRegistry([["2", 10]]);
  expect(await lookUpPreviousVersion(between, { ...query, current: "1" })).toBeUndefined();
  const since = createRegistry([["2", 30]]);
  expect(await lookUpPreviousVersion(since, { ...query, current: "1" })).toBe("2");
});

test("the history leaves out a deleted model of the same name, and keeps deleted versions of this one", async () => {
  const mlflow = createRegistry([
    ["1", -20],
    ["3", -10],
    ["1", 5],
    ["2", 10],
    ["3", 20],
    ["2", 40],
  ]);
  const periods = await readHistory({ mlflow, service: { experimentName: "service" } }, "m", {
    alias: "champion",
  });
  expect(periods.map(({ version }) => version)).toEqual(["1", "3", "2"]);
});
