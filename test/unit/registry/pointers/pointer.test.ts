import { expect, it } from "vitest";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";
import { movePointer } from "../../../../shared/registry/pointers/pointer.ts";

/** A registry with version 1 in Production, where somebody else may move it while the audit entry is written. */
function createRegistry(other: string | null | undefined) {
  let production: string | null = "1";
  const tags: string[] = [];
  const mlflow = createMlflowClient({
    trackingUri: "http://registry.invalid",
    maxAttempts: 1,
    fetch: async (request) => {
      const call = new URL(request.url).pathname.replace("/api/2.0/mlflow/", "");
      const body = (await request.json()) as { version: string; value: string };
      const describe = (version: string) => ({ name: "m", version, last_updated_timestamp: 1_000 });
      if (call === "registered-models/get-latest-versions")
        return Response.json(production === null ? {} : { model_versions: [describe(production)] });
      if (call === "model-versions/transition-stage") {
        production = body.version;
        return Response.json({ model_version: describe(body.version) });
      }
      tags.push(body.value);
      if (other !== undefined) production = other;
      return Response.json({});
    },
  });
  return { mlflow, tags };
}

const promotion = { name: "m", pointer: { stage: "Production" }, to: "2", action: "promote" } as const;

it("a move leaves an audit entry with the version before", async () => {
  const { mlflow, tags } = createRegistry(undefined);
  expect(await movePointer(mlflow, promotion)).toMatchObject({
    from: "1",
    to: "2",
    at: "1970-01-01T00:00:01.000Z",
  });
  expect(tags).toHaveLength(2);
});

it.each([
  ["3", "version 3"],
  [null, "none"],
])("a move that somebody else's undid at the same time is reported: %s", async (other, said) => {
  await expect(movePointer(createRegistry(other).mlflow, promotion)).rejects.toThrow(
    `Production of m was moved to version 2, but somebody else moved it to ${said} at the same time`,
  );
});
