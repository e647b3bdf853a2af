import { beforeEach, expect, it } from "vitest";
import { MlflowError } from "../../../shared/mlflow/error.ts";
import { type ListedVersion, listModels } from "../../../shared/model-versions/list-models.ts";
import type { VersionWish } from "../../../shared/registry/resolve-version.ts";
import { createFakeRegistry, type FakeRegistry } from "../../support/fake-registry.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createTinyModel } from "../../support/tiny-model.ts";

let registry: FakeRegistry;
beforeEach(() => {
  registry = createFakeRegistry();
});

/** A version whose files are gone, so that nothing has to be loaded. */
const addGone = (version: string) => registry.add(version, "").files.clear();

async function list(limit: number, wish: VersionWish = { stage: "Production" }) {
  const options = { mlflow: registry.mlflow, store: createMemoryStore(), name: "m", engine: "onnx" as const };
  const listed: ListedVersion[] = [];
  for await (const version of listModels({ ...options, wish, limit })) listed.push(version);
  return listed;
}

it("lists the newest versions, and the one that is wanted whatever its number", async () => {
  for (const version of ["9", "1", "10", "2"]) addGone(version);
  registry.promote("1");
  registry.aliases.set("champion", "10").set("other", "10").set("old", "2");
  const listed = await list(2);
  expect(listed).toMatchObject([
    { version: "10", wanted: false, stage: "None", aliases: ["champion", "other"], createdMs: 1 },
    { version: "9", wanted: false, stage: "None", aliases: [] },
    { version: "1", wanted: true, stage: "Production", aliases: [] },
  ]);
  expect((await list(9)).map(({ version }) => version)).toEqual(["10", "9", "2", "1"]);
});

it("wants none where the stage is empty", async () => {
  addGone("1");
  expect((await list(9)).map(({ wanted }) => wanted)).toEqual([false]);
});

it("says of each version what it is, or why it cannot be served", async () => {
  addGone("1");
  registry.add("2", createTinyModel(), { labels: "a, b, c" });
  expect((await list(9)).map(({ trial }) => trial)).toEqual([
    {
      engine: "onnx",
      contract: expect.objectContaining({ labels: ["a", "b", "c"] }),
      contractBy: expect.objectContaining({ labels: "version tags" }),
    },
    { problem: "m/1 has no files at mlflow-artifacts:/1" },
  ]);
});

it("fails where the registry cannot be asked", async () => {
  registry.isUp = false;
  await expect(list(9)).rejects.toBeInstanceOf(MlflowError);
});
