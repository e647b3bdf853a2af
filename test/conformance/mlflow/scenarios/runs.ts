import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { newExperiment, type Scenario, uniqueName } from "../scenario.ts";

export const runs: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const started = {
    experiment_id,
    start_time: Date.now(),
    run_name: "first",
    tags: [{ key: "kind", value: "test" }],
  };
  const { run } = await unwrap(client.POST("/api/2.0/mlflow/runs/create", { body: started }));
  const { run_id } = run.info;

  await unwrap(
    client.POST("/api/2.0/mlflow/runs/log-parameter", { body: { run_id, key: "size", value: "256" } }),
  );
  await unwrap(
    client.POST("/api/2.0/mlflow/runs/set-tag", { body: { run_id, key: "owner", value: "clinic" } }),
  );
  await unwrap(client.POST("/api/2.0/mlflow/runs/delete-tag", { body: { run_id, key: "owner" } }));
  const ended = { run_id, status: "FINISHED", end_time: Date.now(), run_name: "renamed" } as const;
  const { run_info } = await unwrap(client.POST("/api/2.0/mlflow/runs/update", { body: ended }));
  expect(run_info).toMatchObject({ run_id, status: "FINISHED", run_name: "renamed" });

  const gotten = await unwrap(client.GET("/api/2.0/mlflow/runs/get", { params: { query: { run_id } } }));
  expect(gotten.run.data?.params).toEqual([{ key: "size", value: "256" }]);
  const search = {
    experiment_ids: [experiment_id],
    filter: "params.size = '256'",
    order_by: ["start_time DESC"],
  };
  const found = await unwrap(
    client.POST("/api/2.0/mlflow/runs/search", { body: { ...search, max_results: 1 } }),
  );
  expect(found.runs?.map((each) => each.info.run_id)).toEqual([run_id]);

  await unwrap(client.POST("/api/2.0/mlflow/runs/delete", { body: { run_id } }));
  await unwrap(client.POST("/api/2.0/mlflow/runs/restore", { body: { run_id } }));
  const missing = client.GET("/api/2.0/mlflow/runs/get", { params: { query: { run_id: "none" } } });
  await expect(unwrap(missing)).rejects.toMatchObject({ errorCode: "RESOURCE_DOES_NOT_EXIST" });
};

export const inputsAndOutputs: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const { run } = await unwrap(client.POST("/api/2.0/mlflow/runs/create", { body: { experiment_id } }));
  const { run_id } = run.info;
  const { model } = await unwrap(client.POST("/api/2.0/mlflow/logged-models", { body: { experiment_id } }));

  const dataset = {
    name: "fundus",
    digest: "abc",
    source_type: "s3",
    source: "{}",
    schema: "{}",
    profile: "{}",
  };
  const inputs = { run_id, datasets: [{ dataset, tags: [{ key: "use", value: "train" }] }] };
  await unwrap(client.POST("/api/2.0/mlflow/runs/log-inputs", { body: inputs }));
  const outputs = { run_id, models: [{ model_id: model.info.model_id, step: 3 }] };
  await unwrap(client.POST("/api/2.0/mlflow/runs/outputs", { body: outputs }));
  const model_json = JSON.stringify({
    artifact_path: "model",
    flavors: { onnx: {} },
    run_id,
    utc_time_created: "2026-01-01 00:00:00.000000",
    model_uuid: uniqueName("uuid"),
  });
  await unwrap(client.POST("/api/2.0/mlflow/runs/log-model", { body: { run_id, model_json } }));

  const gotten = await unwrap(client.GET("/api/2.0/mlflow/runs/get", { params: { query: { run_id } } }));
  expect(gotten.run.inputs?.dataset_inputs?.[0]?.dataset?.name).toBe("fundus");
  expect(gotten.run.outputs?.model_outputs).toEqual(outputs.models);
  const search = { body: { experiment_ids: [experiment_id] } };
  const datasets = await unwrap(client.POST("/ajax-api/2.0/mlflow/experiments/search-datasets", search));
  expect(datasets.dataset_summaries).toEqual([
    { experiment_id, name: "fundus", digest: "abc", context: undefined },
  ]);
};
