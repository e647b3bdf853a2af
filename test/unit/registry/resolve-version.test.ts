import { describe, expect, test } from "vitest";
import { NoVersionError } from "../../../shared/errors/model-error.ts";
import { MlflowError } from "../../../shared/mlflow/error.ts";
import type { ModelVersion } from "../../../shared/mlflow/types.ts";
import {
  describeVersion,
  describeWish,
  findVersion,
  resolveVersion,
  type VersionReference,
  wishFrom,
} from "../../../shared/registry/resolve-version.ts";
import { createFakeRegistry } from "../../support/fake-registry.ts";

test.each([
  [{ version: "3", alias: "champion", stage: "Production" }, { version: "3" }],
  [{ version: "latest", alias: "champion", stage: "Production" }, { alias: "champion" }],
  [{ version: "latest", alias: undefined, stage: "Staging" }, { stage: "Staging" }],
])("a pinned number wins over an alias, an alias over the stage: %o", (settings, wish) => {
  expect(wishFrom(settings)).toEqual(wish);
});

test.each([
  [{ version: "3" }, "version 3", "3 of m"],
  [{ alias: "champion" }, "alias champion", "of m with the alias champion"],
  [{ stage: "Staging" }, "stage Staging", "of m in stage Staging"],
])("a wish for %o is said in words, also when nothing is there", async (wish, words, missing) => {
  const { mlflow } = createFakeRegistry();
  expect(describeWish(wish)).toBe(words);
  expect(await findVersion(mlflow, "m", wish)).toBeUndefined();
  await expect(resolveVersion(mlflow, "m", wish)).rejects.toThrow(
    new NoVersionError(`The registry has no version ${missing}: npm run models lists its versions`),
  );
});

test("a registry that cannot be asked is no missing version", async () => {
  const registry = createFakeRegistry();
  registry.isUp = false;
  await expect(resolveVersion(registry.mlflow, "m", { version: "1" })).rejects.toBeInstanceOf(MlflowError);
});

describe("a version's record", () => {
  const record = (changes: Partial<ModelVersion> = {}): ModelVersion =>
    ({
      name: "m",
      version: "3",
      source: "models:/m-0a_b",
      creation_timestamp: 1,
      last_updated_timestamp: 2,
      tags: [{ key: "labels", value: "a, b" }],
      ...changes,
    }) as ModelVersion;
  const tags = (entries: Record<string, string>) => ({
    tags: Object.entries(entries).map(([key, value]) => ({ key, value })),
  });

  test("becomes a reference", () => {
    const full = { run_id: "r", model_id: "m-1", current_stage: "Production", aliases: ["champion"] };
    expect(describeVersion(record(full as Partial<ModelVersion>))).toMatchObject({
      ...{ name: "m", version: "3", source: "models:/m-0a_b", runId: "r", modelId: "m-1" },
      ...{ stage: "Production", aliases: ["champion"], tags: { labels: "a, b" } },
    });
  });

  test.each([
    ["models:/m-0a_b", "m-0a_b"],
    ["models:/m-1/artifacts", undefined],
    ["runs:/r/models:/m-1", undefined],
    ["models:/eyes/3", undefined],
  ])("tells of its logged model by its source: %s", (source, modelId) => {
    const reference = describeVersion(record({ source }));
    expect(reference.modelId).toBe(modelId);
    expect("modelId" in reference).toBe(modelId !== undefined);
    expect(reference).not.toHaveProperty("runId");
    expect(reference).toMatchObject({ stage: "None", aliases: [] });
  });

  const ids = ["contentId", "servingId", "registryId"] as const;
  test.each<[string, Partial<ModelVersion>, (keyof VersionReference)[]]>([
    ["its number", { version: "4" }, ["contentId", "servingId", "registryId"]],
    ["its source", { source: "s3://b/f" }, ["contentId", "servingId", "registryId"]],
    [
      "its creation, after it was deleted",
      { creation_timestamp: 9 },
      ["contentId", "servingId", "registryId"],
    ],
    ["its name", { name: "n" }, ["contentId", "servingId", "registryId"]],
    [
      "the hash of its weights",
      tags({ labels: "a, b", sha256: "0" }),
      ["contentId", "servingId", "registryId"],
    ],
    ["its contract", tags({ labels: "b, a" }), ["servingId", "registryId"]],
    ["a tag that says nothing of it", tags({ labels: "a, b", owner: "x" }), ["registryId"]],
    ["its stage", { last_updated_timestamp: 3 }, ["registryId"]],
    ["the order of nothing", {}, []],
  ])("is another one, by its identities, when somebody changed %s", (_, changes, changed) => {
    const before = describeVersion(record());
    const after = describeVersion(record(changes));
    expect(ids.filter((id) => before[id] !== after[id])).toEqual(changed);
    for (const id of ids) expect(after[id]).toMatch(/^[0-9a-f]{12}$/);
  });

  test("is the same in whatever order the registry names its tags", () => {
    const entries = { labels: "a, b", activation: "softmax", owner: "x" };
    const reversed = Object.fromEntries(Object.entries(entries).toReversed());
    const [one, other] = [entries, reversed].map((each) => describeVersion(record(tags(each))));
    for (const id of ids) expect(one?.[id]).toBe(other?.[id]);
  });
});
