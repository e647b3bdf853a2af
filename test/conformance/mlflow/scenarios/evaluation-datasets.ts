import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { newExperiment, type Scenario, uniqueName } from "../scenario.ts";

export const evaluationDatasets: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const other = await newExperiment(client);
  const name = uniqueName("dataset");
  const create = { name, experiment_ids: [experiment_id], tags: JSON.stringify({ area: "fundus" }) };
  const { dataset } = await unwrap(client.POST("/api/3.0/mlflow/datasets/create", { body: create }));
  const dataset_id = dataset?.dataset_id ?? "";
  const params = { path: { dataset_id } };
  const one = "/api/3.0/mlflow/datasets/{dataset_id}" as const;

  const records = JSON.stringify([{ inputs: { image: "a.jpg" }, expectations: { label: "normal" } }]);
  await unwrap(client.POST(`${one}/records`, { params, body: { records } }));
  const kept = await unwrap(
    client.GET(`${one}/records`, { params: { ...params, query: { max_results: 10 } } }),
  );
  const [record] = JSON.parse(kept.records ?? "[]") as { dataset_record_id: string }[];
  expect(record).toMatchObject({ inputs: { image: "a.jpg" } });
  const ids = [record?.dataset_record_id ?? ""];
  await unwrap(client.DELETE(`${one}/records`, { params, body: { dataset_record_ids: ids } }));

  const tags = JSON.stringify({ owner: "clinic" });
  await unwrap(client.PATCH(`${one}/tags`, { params, body: { tags } }));
  await unwrap(client.DELETE(`${one}/tags/{key}`, { params: { path: { dataset_id, key: "owner" } } }));
  await unwrap(client.POST(`${one}/add-experiments`, { params, body: { experiment_ids: [other] } }));
  const linked = await unwrap(client.GET(`${one}/experiment-ids`, { params }));
  expect(linked.experiment_ids?.toSorted()).toEqual([experiment_id, other].toSorted());
  await unwrap(client.POST(`${one}/remove-experiments`, { params, body: { experiment_ids: [other] } }));

  const search = { experiment_ids: [experiment_id], max_results: 10 };
  const posted = await unwrap(client.POST("/api/3.0/mlflow/datasets/search", { body: search }));
  const gotten = await unwrap(client.GET("/api/3.0/mlflow/datasets/search", { params: { query: search } }));
  expect(gotten).toEqual(posted);
  expect(posted.datasets?.map((each) => each.dataset_id)).toEqual([dataset_id]);
  expect((await unwrap(client.GET(one, { params }))).dataset?.name).toBe(name);
  await unwrap(client.DELETE(one, { params }));
};
