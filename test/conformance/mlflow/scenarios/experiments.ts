import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { type Scenario, uniqueName } from "../scenario.ts";

export const experiments: Scenario = async (client) => {
  const name = uniqueName("experiment");
  const body = { name, tags: [{ key: "area", value: "fundus" }] };
  const { experiment_id } = await unwrap(client.POST("/api/2.0/mlflow/experiments/create", { body }));

  const byId = await unwrap(
    client.GET("/api/2.0/mlflow/experiments/get", { params: { query: { experiment_id } } }),
  );
  expect(byId.experiment).toMatchObject({ name, lifecycle_stage: "active", tags: body.tags });
  const query = { experiment_name: name };
  const byName = await unwrap(client.GET("/api/2.0/mlflow/experiments/get-by-name", { params: { query } }));
  expect(byName.experiment.experiment_id).toBe(experiment_id);

  const search = {
    filter: `name = '${name}'`,
    max_results: 5,
    order_by: ["name ASC"],
    view_type: "ALL",
  } as const;
  const posted = await unwrap(
    client.POST("/api/2.0/mlflow/experiments/search", { body: { ...search, order_by: ["name ASC"] } }),
  );
  const gotten = await unwrap(
    client.GET("/api/2.0/mlflow/experiments/search", {
      params: { query: { ...search, order_by: ["name ASC"] } },
    }),
  );
  expect(gotten).toEqual(posted);
  expect(posted.experiments).toHaveLength(1);

  const tag = { experiment_id, key: "owner", value: "clinic" };
  await unwrap(client.POST("/api/2.0/mlflow/experiments/set-experiment-tag", { body: tag }));
  await unwrap(
    client.POST("/api/2.0/mlflow/experiments/delete-experiment-tag", {
      body: { experiment_id, key: "owner" },
    }),
  );
  const renamed = { experiment_id, new_name: `${name}-renamed` };
  await unwrap(client.POST("/api/2.0/mlflow/experiments/update", { body: renamed }));
  await unwrap(client.POST("/api/2.0/mlflow/experiments/delete", { body: { experiment_id } }));
  await unwrap(client.POST("/api/2.0/mlflow/experiments/restore", { body: { experiment_id } }));

  const missing = client.GET("/api/2.0/mlflow/experiments/get", {
    params: { query: { experiment_id: "987654" } },
  });
  await expect(unwrap(missing)).rejects.toMatchObject({ errorCode: "RESOURCE_DOES_NOT_EXIST", status: 404 });
  const taken = client.POST("/api/2.0/mlflow/experiments/create", { body: { name: renamed.new_name } });
  await expect(unwrap(taken)).rejects.toMatchObject({ errorCode: "RESOURCE_ALREADY_EXISTS", status: 400 });
};
