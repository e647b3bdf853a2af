import { createExperiment, createRun, type MlflowClient, unwrap } from "../../../../shared/mlflow/index.ts";
import { newEndpoint, newModelDefinition, newSecret } from "../new-gateway-endpoint.ts";
import { uniqueName } from "../scenario.ts";
import { newTrace } from "../scenarios/traces.ts";

/** Names and ids of what exists, by the field that means them. */
export type Seeds = Record<string, string>;

/** Makes one of everything, so that generated requests reach beyond "does not exist". */
export async function makeSeeds(client: MlflowClient): Promise<Seeds> {
  const experiment_id = await createExperiment(client, { name: uniqueName("seed") });
  const run = await createRun(client, { experiment_id, start_time: Date.now() });
  const run_id = run.info.run_id;
  const trace_id = await newTrace(client, experiment_id);
  const { model } = await unwrap(client.POST("/api/2.0/mlflow/logged-models", { body: { experiment_id } }));
  return {
    experiment_id,
    run_id,
    run_uuid: run_id,
    trace_id,
    request_id: trace_id,
    model_id: model.info.model_id,
    ...(await seedRegistry(client, experiment_id, run_id)),
    ...(await seedReviews(client, experiment_id)),
    ...(await seedGateway(client)),
  };
}

async function seedRegistry(client: MlflowClient, experimentId: string, run_id: string): Promise<Seeds> {
  const name = uniqueName("seed");
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/create", { body: { name } }));
  const source = `mlflow-artifacts:/${experimentId}/${run_id}/artifacts/model`;
  const { model_version } = await unwrap(
    client.POST("/api/2.0/mlflow/model-versions/create", { body: { name, source, run_id } }),
  );
  const { version } = model_version;
  await unwrap(
    client.POST("/api/2.0/mlflow/registered-models/alias", { body: { name, alias: "champion", version } }),
  );
  return { name, version, alias: "champion" };
}

async function seedReviews(client: MlflowClient, experiment_id: string): Promise<Seeds> {
  const issue = { experiment_id, name: "blurred", description: "out of focus" };
  const schema = { experiment_id, name: "answer", type: "FEEDBACK" as const, input: { text: {} } };
  const queue = { experiment_id, name: "queue", queue_type: "CUSTOM" as const };
  const dataset = { name: uniqueName("seed"), experiment_ids: [experiment_id] };
  const made = await Promise.all([
    unwrap(client.POST("/api/3.0/mlflow/issues", { body: issue })),
    unwrap(client.POST("/api/3.0/mlflow/label-schemas/create", { body: schema })),
    unwrap(client.POST("/api/3.0/mlflow/review-queues/create", { body: queue })),
    unwrap(client.POST("/api/3.0/mlflow/datasets/create", { body: dataset })),
  ]);
  return {
    issue_id: made[0].issue?.issue_id ?? "",
    schema_id: made[1].label_schema?.schema_id ?? "",
    queue_id: made[2].review_queue?.queue_id ?? "",
    dataset_id: made[3].dataset?.dataset_id ?? "",
  };
}

async function seedGateway(client: MlflowClient): Promise<Seeds> {
  const secret_id = await newSecret(client, uniqueName("seed"));
  const model_definition_id = await newModelDefinition(client, secret_id);
  const { endpoint_id } = await newEndpoint(client, model_definition_id);
  return { secret_id, model_definition_id, endpoint_id };
}
