import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { newExperiment, type Scenario, uniqueName } from "../scenario.ts";
import { newTrace } from "./traces.ts";

export const issues: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const body = {
    experiment_id,
    name: "blurred",
    description: "out of focus",
    severity: "low",
    categories: ["image"],
  };
  const { issue } = await unwrap(client.POST("/api/3.0/mlflow/issues", { body }));
  const issue_id = issue?.issue_id ?? "";
  const path = { issue_id };
  const change = { issue_id, description: "far out of focus" };
  await unwrap(client.PATCH("/api/3.0/mlflow/issues/{issue_id}", { params: { path }, body: change }));
  const gotten = await unwrap(client.GET("/api/3.0/mlflow/issues/{issue_id}", { params: { path } }));
  expect(gotten.issue).toMatchObject({ name: "blurred", description: "far out of focus" });
  const search = { experiment_id, max_results: 10, include_trace_count: true };
  const found = await unwrap(client.POST("/api/3.0/mlflow/issues/search", { body: search }));
  expect(found.issues?.map((each) => each.issue_id)).toEqual([issue_id]);
};

export const labelSchemas: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const inputs = {
    answer: { text: { max_length: 200 } },
    sharp: { pass_fail: { positive_label: "yes", negative_label: "no" } },
    grade: { numeric: { min_value: 0, max_value: 4 } },
    disease: { categorical: { options: ["glaucoma", "normal"], multi_select: false } },
  };
  const schemas = [];
  for (const [name, input] of Object.entries(inputs)) {
    const body = { experiment_id, name, type: "FEEDBACK" as const, input, instruction: "look" };
    schemas.push((await unwrap(client.POST("/api/3.0/mlflow/label-schemas/create", { body }))).label_schema);
  }
  const schema_id = schemas[0]?.schema_id ?? "";
  const query = { schema_id };
  expect(
    (await unwrap(client.GET("/api/3.0/mlflow/label-schemas/get", { params: { query } }))).label_schema,
  ).toEqual(schemas[0]);
  const named = { params: { query: { experiment_id, name: "grade" } } };
  const byName = await unwrap(client.GET("/api/3.0/mlflow/label-schemas/get-by-name", named));
  expect(byName.label_schema?.input).toEqual(inputs.grade);
  const change = { schema_id, instruction: "look twice", enable_comment: true };
  await unwrap(client.PATCH("/api/3.0/mlflow/label-schemas/update", { body: change }));
  const list = { params: { query: { experiment_id, max_results: 100 } } };
  const listed = await unwrap(client.GET("/api/3.0/mlflow/label-schemas/list", list));
  expect(listed.label_schemas?.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(inputs)));
  await unwrap(client.DELETE("/api/3.0/mlflow/label-schemas/delete", { body: { schema_id } }));
};

export const reviewQueues: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const trace_id = await newTrace(client, experiment_id);
  const name = uniqueName("queue");
  const create = { experiment_id, name, queue_type: "CUSTOM" as const, users: ["reader"] };
  const created = await unwrap(client.POST("/api/3.0/mlflow/review-queues/create", { body: create }));
  const queue_id = created.review_queue?.queue_id ?? "";
  const user = { experiment_id, user: "reader" };
  await unwrap(client.POST("/api/3.0/mlflow/review-queues/get-or-create-user", { body: user }));
  await unwrap(client.GET("/api/3.0/mlflow/review-queues/get", { params: { query: { queue_id } } }));
  const named = { params: { query: { experiment_id, name } } };
  const byName = await unwrap(client.GET("/api/3.0/mlflow/review-queues/get-by-name", named));
  expect(byName.review_queue).toEqual(created.review_queue);
  const update = { queue_id, update_users: true, users: ["reader", "second"] };
  await unwrap(client.POST("/api/3.0/mlflow/review-queues/update", { body: update }));
  const list = { params: { query: { experiment_id, max_results: 10 } } };
  expect((await unwrap(client.GET("/api/3.0/mlflow/review-queues/list", list))).review_queues).toHaveLength(
    2,
  );

  const items = { queue_id, item_type: "TRACE" as const, item_ids: [trace_id] };
  await unwrap(client.POST("/api/3.0/mlflow/review-queues/items/add", { body: items }));
  const status = { queue_id, item_id: trace_id, status: "COMPLETE" as const, completed_by: "reader" };
  await unwrap(client.POST("/api/3.0/mlflow/review-queues/items/set-status", { body: status }));
  const query = { queue_id, status: "COMPLETE" as const };
  const done = await unwrap(client.GET("/api/3.0/mlflow/review-queues/items/list", { params: { query } }));
  expect(done.items?.map((item) => item.item_id)).toEqual([trace_id]);
  const removed = { queue_id, item_ids: [trace_id] };
  await unwrap(client.POST("/api/3.0/mlflow/review-queues/items/remove", { body: removed }));
  await unwrap(client.POST("/api/3.0/mlflow/review-queues/delete", { body: { queue_id } }));
};
