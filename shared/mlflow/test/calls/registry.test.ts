import { expect, it } from "vitest";
import { getLatestVersions, getVersionByAlias, transitionStage } from "../../index.ts";
import { createFakeServer, json, refusal } from "../fake-server.ts";

it("takes MLflow's 400 for a missing alias, and no other 400, for undefined", async () => {
  const missing = createFakeServer([
    () => refusal("INVALID_PARAMETER_VALUE", 400, "Registered model alias champion not found."),
  ]);
  expect(await getVersionByAlias(missing.client, "eye", "champion")).toBeUndefined();
  const noModel = createFakeServer([() => refusal("RESOURCE_DOES_NOT_EXIST", 404)]);
  expect(await getVersionByAlias(noModel.client, "eye", "champion")).toBeUndefined();
  const wrong = createFakeServer([() => refusal("INVALID_PARAMETER_VALUE", 400, "Invalid alias name.")]);
  await expect(getVersionByAlias(wrong.client, "eye", "v1")).rejects.toThrow("Invalid alias name.");
});

it("gives no version for a stage that holds none", async () => {
  const { client } = createFakeServer([() => json({})]);
  expect(await getLatestVersions(client, "eye", ["Production"])).toEqual([]);
});

it("says whether the others leave the stage", async () => {
  const { client, requests } = createFakeServer([() => json({ model_version: { version: "2" } })]);
  await transitionStage(client, {
    name: "eye",
    version: "2",
    stage: "Production",
    archiveExistingVersions: true,
  });
  expect(await requests[0]?.json()).toEqual({
    name: "eye",
    version: "2",
    stage: "Production",
    archive_existing_versions: true,
  });
});
