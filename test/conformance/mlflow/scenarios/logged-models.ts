import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { asBody, newRun, rawBody, type Scenario } from "../scenario.ts";

export const loggedModels: Scenario = async (client) => {
  const { experimentId: experiment_id, runId } = await newRun(client);
  const body = {
    experiment_id,
    name: "model",
    model_type: "classifier",
    source_run_id: runId,
    params: [{ key: "depth", value: "4" }],
    tags: [{ key: "area", value: "fundus" }],
  };
  const { model } = await unwrap(client.POST("/api/2.0/mlflow/logged-models", { body }));
  const { model_id } = model.info;
  const path = { model_id };
  expect(model.info.status).toBe("LOGGED_MODEL_PENDING");

  const artifact_path = `${model.info.artifact_uri.replace("mlflow-artifacts:/", "")}/MLmodel`;
  const file = new TextEncoder().encode("flavors: {}\n");
  await unwrap(
    client.PUT("/api/2.0/mlflow-artifacts/artifacts/{artifact_path}", {
      params: { path: { artifact_path } },
      body: asBody(file),
      ...rawBody,
    }),
  );
  const listed = await unwrap(
    client.GET("/api/2.0/mlflow/logged-models/{model_id}/artifacts/directories", { params: { path } }),
  );
  expect(listed.files).toEqual([{ path: "MLmodel", is_dir: false, file_size: file.length }]);
  const download = client.GET("/ajax-api/2.0/mlflow/logged-models/{model_id}/artifacts/files", {
    params: { path, query: { artifact_file_path: "MLmodel" } },
    parseAs: "text",
  });
  expect(await unwrap(download)).toBe("flavors: {}\n");

  const params = [{ key: "width", value: "2" }];
  await unwrap(
    client.POST("/api/2.0/mlflow/logged-models/{model_id}/params", {
      params: { path },
      body: { model_id, params },
    }),
  );
  const tags = [{ key: "owner", value: "clinic" }];
  await unwrap(
    client.PATCH("/api/2.0/mlflow/logged-models/{model_id}/tags", { params: { path }, body: { tags } }),
  );
  await unwrap(
    client.DELETE("/api/2.0/mlflow/logged-models/{model_id}/tags/{tag_key}", {
      params: { path: { model_id, tag_key: "owner" } },
    }),
  );
  const status = "LOGGED_MODEL_READY" as const;
  await unwrap(
    client.PATCH("/api/2.0/mlflow/logged-models/{model_id}", {
      params: { path },
      body: { model_id, status },
    }),
  );
  const gotten = await unwrap(client.GET("/api/2.0/mlflow/logged-models/{model_id}", { params: { path } }));
  expect(gotten.model.info).toMatchObject({ status, tags: body.tags });
  expect(gotten.model.data?.params).toEqual(expect.arrayContaining([...body.params, ...params]));

  const search = { experiment_ids: [experiment_id], filter: "params.depth = '4'", max_results: 5 };
  const found = await unwrap(client.POST("/api/2.0/mlflow/logged-models/search", { body: search }));
  expect(found.models?.map((each) => each.info.model_id)).toEqual([model_id]);
  await unwrap(client.DELETE("/api/2.0/mlflow/logged-models/{model_id}", { params: { path } }));
};
