import { userInfo } from "node:os";
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
    who: userInfo().username,
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

/** A registry whose aliases can be set, and which may be out of order. */
function createAliases(aliases: Record<string, string>, status = 200) {
  const calls: [string, string, unknown][] = [];
  const mlflow = createMlflowClient({
    trackingUri: "http://registry.invalid",
    maxAttempts: 1,
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const call = pathname.replace("/api/2.0/mlflow/", "");
      if (status !== 200) return new Response(null, { status });
      if (request.method === "GET") {
        const version = aliases[searchParams.get("alias") ?? ""];
        if (version !== undefined) return Response.json({ model_version: { name: "m", version } });
        const missing = {
          error_code: "INVALID_PARAMETER_VALUE",
          message: "Registered model alias x not found.",
        };
        return Response.json(missing, { status: 400 });
      }
      const body = (await request.json()) as { alias?: string; version: string };
      calls.push([request.method, call, body]);
      if (body.alias !== undefined) aliases[body.alias] = body.version;
      return Response.json({});
    },
  });
  return { mlflow, calls };
}

it.each([
  [{}, null],
  [{ champion: "1" }, "1"],
])("an alias is moved without any stage, and the entry says from where: %j", async (aliases, from) => {
  const { mlflow, calls } = createAliases({ ...aliases });
  const startMs = Date.now();
  const entry = await movePointer(mlflow, {
    ...{ name: "m", pointer: { alias: "champion" }, to: "2", action: "rollback", forced: "a reason" },
  });
  expect(entry).toMatchObject({
    pointer: "@champion",
    from,
    to: "2",
    action: "rollback",
    forced: "a reason",
  });
  expect(Date.parse(entry.at)).toBeGreaterThanOrEqual(startMs);
  const value = `@champion: version 2 (before: ${from ?? "none"}), rolled back by ${entry.who}, forced: a reason`;
  const tag = { name: "m", key: `audit.${entry.at}`, value };
  expect(calls).toEqual([
    ["POST", "registered-models/alias", { name: "m", version: "2", alias: "champion" }],
    ["POST", "registered-models/set-tag", tag],
    ["POST", "model-versions/set-tag", { ...tag, version: "2" }],
  ]);
});

it("a move that the gate allowed is not marked as forced", async () => {
  const { mlflow } = createRegistry(undefined);
  expect(await movePointer(mlflow, promotion)).not.toHaveProperty("forced");
});

it("nothing is moved where the registry cannot say who has the pointer", async () => {
  const { mlflow, calls } = createAliases({}, 500);
  await expect(movePointer(mlflow, { ...promotion, pointer: { alias: "champion" } })).rejects.toThrow("500");
  expect(calls).toEqual([]);
});
