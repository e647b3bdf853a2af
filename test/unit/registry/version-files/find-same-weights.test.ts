import { expect, it } from "vitest";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";
import { findSameWeights } from "../../../../shared/registry/version-files/find-same-weights.ts";

/** A registry in which these versions have the same hash. */
function registryOf(versions: string[], tags = [{ key: "sha256", value: "abc" }]) {
  const filters: (string | null)[] = [];
  const mlflow = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request) => {
      const url = new URL(request.url);
      if (url.pathname.endsWith("/get")) return Response.json({ model_version: { version: "3", tags } });
      filters.push(url.searchParams.get("filter"));
      if (versions.length === 0) return new Response(null, { status: 500 });
      return Response.json({ model_versions: versions.map((version) => ({ version })) });
    },
  });
  return { mlflow, filters };
}

it("finds the other versions with the same weights, oldest first", async () => {
  const { mlflow, filters } = registryOf(["10", "3", "2"]);
  expect(await findSameWeights(mlflow, "eyes", "3")).toEqual(["2", "10"]);
  expect(filters).toEqual(["name = 'eyes' AND tags.sha256 = 'abc'"]);
});

it("finds none where the version is gone, and hides no fault of its own", async () => {
  const { mlflow } = registryOf(["2"]);
  const missing = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async () => Response.json({ error_code: "RESOURCE_DOES_NOT_EXIST" }, { status: 404 }),
  });
  expect(await findSameWeights(missing, "eyes", "3")).toEqual([]);
  await expect(findSameWeights({ ...mlflow, GET: undefined } as never, "eyes", "3")).rejects.toThrow(
    TypeError,
  );
});

it("asks by the weights' hash alone, whatever other tags there are", async () => {
  const tags = [
    { key: "owner", value: "x" },
    { key: "sha256", value: "abc" },
  ];
  const { mlflow, filters } = registryOf(["2"], tags);
  await findSameWeights(mlflow, "eyes", "3");
  expect(filters).toEqual(["name = 'eyes' AND tags.sha256 = 'abc'"]);
});

it("finds none without a hash, or where MLflow fails", async () => {
  expect(await findSameWeights(registryOf(["2"], []).mlflow, "eyes", "3")).toEqual([]);
  expect(await findSameWeights(registryOf([]).mlflow, "eyes", "3")).toEqual([]);
});
