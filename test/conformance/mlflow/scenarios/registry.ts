import { expect } from "vitest";
import { type MlflowClient, unwrap } from "../../../../shared/mlflow/index.ts";
import { newRun, type Scenario, uniqueName } from "../scenario.ts";

export const registeredModels: Scenario = async (client) => {
  const name = uniqueName("model");
  const body = { name, description: "of the eye", tags: [{ key: "area", value: "fundus" }] };
  const created = await unwrap(client.POST("/api/2.0/mlflow/registered-models/create", { body }));
  expect(created.registered_model).toMatchObject({ name, tags: body.tags });
  const taken = client.POST("/api/2.0/mlflow/registered-models/create", { body: { name } });
  await expect(unwrap(taken)).rejects.toMatchObject({ errorCode: "RESOURCE_ALREADY_EXISTS" });

  const update = { name, description: "of both eyes" };
  await unwrap(client.PATCH("/api/2.0/mlflow/registered-models/update", { body: update }));
  await unwrap(
    client.POST("/api/2.0/mlflow/registered-models/set-tag", {
      body: { name, key: "owner", value: "clinic" },
    }),
  );
  await unwrap(
    client.DELETE("/api/2.0/mlflow/registered-models/delete-tag", { body: { name, key: "owner" } }),
  );
  const rename = { name, new_name: `${name}-renamed` };
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/rename", { body: rename }));

  const query = { name: rename.new_name };
  const gotten = await unwrap(client.GET("/api/2.0/mlflow/registered-models/get", { params: { query } }));
  expect(gotten.registered_model.description).toBe("of both eyes");
  const search = { filter: `name = '${rename.new_name}'`, max_results: 1, order_by: ["name ASC"] };
  const found = await unwrap(
    client.GET("/api/2.0/mlflow/registered-models/search", { params: { query: search } }),
  );
  expect(found.registered_models).toHaveLength(1);
  await unwrap(
    client.DELETE("/api/2.0/mlflow/registered-models/delete", { body: { name: rename.new_name } }),
  );
  const gone = client.GET("/api/2.0/mlflow/registered-models/get", { params: { query } });
  await expect(unwrap(gone)).rejects.toMatchObject({ errorCode: "RESOURCE_DOES_NOT_EXIST" });
};

export const modelVersions: Scenario = async (client) => {
  const { name, version } = await newVersion(client);
  const which = { name, version };
  const gotten = await unwrap(client.GET("/api/2.0/mlflow/model-versions/get", { params: { query: which } }));
  expect(gotten.model_version).toMatchObject({ name, version: "1", current_stage: "None", status: "READY" });
  const uri = await unwrap(
    client.GET("/api/2.0/mlflow/model-versions/get-download-uri", { params: { query: which } }),
  );
  expect(uri.artifact_uri).toMatch(/^mlflow-artifacts:\//);
  const update = { ...which, description: "first" };
  await unwrap(client.PATCH("/api/2.0/mlflow/model-versions/update", { body: update }));
  const tag = { ...which, key: "audit", value: "checked" };
  await unwrap(client.POST("/api/2.0/mlflow/model-versions/set-tag", { body: tag }));
  await unwrap(
    client.DELETE("/api/2.0/mlflow/model-versions/delete-tag", { body: { ...which, key: "audit" } }),
  );
  const query = { filter: `name = '${name}'`, max_results: 10, order_by: ["version_number DESC"] };
  const found = await unwrap(client.GET("/api/2.0/mlflow/model-versions/search", { params: { query } }));
  expect(found.model_versions).toHaveLength(1);
  await unwrap(client.DELETE("/api/2.0/mlflow/model-versions/delete", { body: which }));
};

export const stagesAndAliases: Scenario = async (client) => {
  const { name, version } = await newVersion(client);
  const move = { name, version, stage: "Production", archive_existing_versions: true };
  const moved = await unwrap(client.POST("/api/2.0/mlflow/model-versions/transition-stage", { body: move }));
  expect(moved.model_version.current_stage).toBe("Production");
  const stages = ["Production", "Staging"];
  const posted = await unwrap(
    client.POST("/api/2.0/mlflow/registered-models/get-latest-versions", { body: { name, stages } }),
  );
  const gotten = await unwrap(
    client.GET("/api/2.0/mlflow/registered-models/get-latest-versions", {
      params: { query: { name, stages } },
    }),
  );
  expect(gotten).toEqual(posted);
  expect(posted.model_versions?.map((each) => each.version)).toEqual([version]);

  const alias = { name, alias: "champion" };
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/alias", { body: { ...alias, version } }));
  const byAlias = () =>
    unwrap(client.GET("/api/2.0/mlflow/registered-models/alias", { params: { query: alias } }));
  expect((await byAlias()).model_version.version).toBe(version);
  await unwrap(client.DELETE("/api/2.0/mlflow/registered-models/alias", { body: alias }));
  await expect(byAlias()).rejects.toMatchObject({ errorCode: "INVALID_PARAMETER_VALUE", status: 400 });
};

async function newVersion(client: MlflowClient): Promise<{ name: string; version: string }> {
  const name = uniqueName("model");
  const { experimentId, runId } = await newRun(client);
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/create", { body: { name } }));
  const source = `mlflow-artifacts:/${experimentId}/${runId}/artifacts/model`;
  const body = { name, source, run_id: runId };
  const { model_version } = await unwrap(client.POST("/api/2.0/mlflow/model-versions/create", { body }));
  return { name, version: model_version.version };
}
