import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { newGatewayEndpoint } from "../new-gateway-endpoint.ts";
import { loadDocument } from "../openapi-document.ts";
import { newExperiment, type Scenario } from "../scenario.ts";

export const scorers: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const which = { experiment_id, name: "sharp" };
  const { name } = await newGatewayEndpoint(client);
  const body = { ...which, serialized_scorer: serializeJudge(name) };
  const registered = await unwrap(client.POST("/api/3.0/mlflow/scorers/register", { body }));
  expect(registered).toMatchObject({ name: "sharp", version: 1 });
  const list = await unwrap(
    client.GET("/api/3.0/mlflow/scorers/list", { params: { query: { experiment_id } } }),
  );
  expect(list.scorers).toHaveLength(1);
  const versions = client.GET("/api/3.0/mlflow/scorers/versions", { params: { query: which } });
  expect((await unwrap(versions)).scorers).toHaveLength(1);
  const one = { params: { query: { ...which, version: 1 } } };
  expect((await unwrap(client.GET("/api/3.0/mlflow/scorers/get", one))).scorer?.scorer_name).toBe("sharp");

  const config = client.PUT("/api/3.0/mlflow/scorers/online-config", { body: { ...which, sample_rate: 0 } });
  expect((await unwrap(config)).config).toMatchObject({ experiment_id, sample_rate: 0 });
  const query = { scorer_ids: [registered.scorer_id ?? ""] };
  const configs = client.GET("/api/3.0/mlflow/scorers/online-configs", { params: { query } });
  expect((await unwrap(configs)).configs).toHaveLength(1);
  await unwrap(client.DELETE("/api/3.0/mlflow/scorers/delete", { body: { ...which, version: 1 } }));
};

/** A judge as MLflow's Python client stores it; only such a scorer may sample live traces. */
function serializeJudge(endpoint: string): string {
  return JSON.stringify({
    name: "sharp",
    aggregations: [],
    mlflow_version: loadDocument().info.version,
    serialization_version: 1,
    instructions_judge_pydantic_data: {
      instructions: "Is {{ outputs }} sharp?",
      model: `gateway:/${endpoint}`,
    },
  });
}
