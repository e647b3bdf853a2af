import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { newEndpoint, newGatewayEndpoint, newModelDefinition, newSecret } from "../new-gateway-endpoint.ts";
import { newExperiment, type Scenario, uniqueName } from "../scenario.ts";

const root = "/api/3.0/mlflow/gateway" as const;

export const gatewaySecrets: Scenario = async (client) => {
  const name = uniqueName("secret");
  const secret_id = await newSecret(client, name);
  const params = { query: { secret_id } };
  expect((await unwrap(client.GET(`${root}/secrets/get`, { params }))).secret?.secret_name).toBe(name);
  const change = { secret_id, secret_value: { api_key: "other" } };
  await unwrap(client.POST(`${root}/secrets/update`, { body: change }));
  const listed = await unwrap(
    client.GET(`${root}/secrets/list`, { params: { query: { provider: "openai" } } }),
  );
  expect(listed.secrets?.map((each) => each.secret_id)).toContain(secret_id);
  await unwrap(client.DELETE(`${root}/secrets/delete`, { body: { secret_id } }));
};

export const gatewayModels: Scenario = async (client) => {
  const secret_id = await newSecret(client, uniqueName("secret"));
  const model_definition_id = await newModelDefinition(client, secret_id);
  const query = { model_definition_id };
  await unwrap(client.GET(`${root}/model-definitions/get`, { params: { query } }));
  const change = { model_definition_id, model_name: "gpt-other" };
  await unwrap(client.POST(`${root}/model-definitions/update`, { body: change }));
  const listed = await unwrap(
    client.GET(`${root}/model-definitions/list`, { params: { query: { secret_id } } }),
  );
  expect(listed.model_definitions?.[0]?.model_name).toBe("gpt-other");
  await unwrap(client.DELETE(`${root}/model-definitions/delete`, { body: { model_definition_id } }));
};

export const gatewayEndpoints: Scenario = async (client) => {
  const secret_id = await newSecret(client, uniqueName("secret"));
  const { endpoint_id } = await newEndpoint(client, await newModelDefinition(client, secret_id));
  const model_definition_id = await newModelDefinition(client, secret_id);
  const model_config = { model_definition_id, linkage_type: "FALLBACK" as const, fallback_order: 1 };
  await unwrap(client.POST(`${root}/endpoints/models/attach`, { body: { endpoint_id, model_config } }));
  await unwrap(
    client.POST(`${root}/endpoints/models/detach`, { body: { endpoint_id, model_definition_id } }),
  );
  const renamed = { endpoint_id, name: uniqueName("endpoint") };
  await unwrap(client.POST(`${root}/endpoints/update`, { body: renamed }));
  const tag = { endpoint_id, key: "owner", value: "clinic" };
  await unwrap(client.POST(`${root}/endpoints/set-tag`, { body: tag }));
  await unwrap(client.DELETE(`${root}/endpoints/delete-tag`, { body: { endpoint_id, key: "owner" } }));

  const binding = { endpoint_id, resource_type: "scorer", resource_id: "sc-1" };
  await unwrap(client.POST(`${root}/endpoints/bindings/create`, { body: binding }));
  const bindings = await unwrap(
    client.GET(`${root}/endpoints/bindings/list`, { params: { query: { endpoint_id } } }),
  );
  expect(bindings.bindings).toHaveLength(1);
  await unwrap(client.DELETE(`${root}/endpoints/bindings/delete`, { body: binding }));

  const gotten = await unwrap(client.GET(`${root}/endpoints/get`, { params: { query: { endpoint_id } } }));
  expect(gotten.endpoint?.name).toBe(renamed.name);
  const listed = await unwrap(client.GET(`${root}/endpoints/list`, { params: { query: { secret_id } } }));
  expect(listed.endpoints?.map((each) => each.endpoint_id)).toContain(endpoint_id);
  await unwrap(client.DELETE(`${root}/endpoints/delete`, { body: { endpoint_id } }));
};

export const gatewayBudgets: Scenario = async (client) => {
  const body = {
    budget_unit: "USD" as const,
    budget_amount: 10.5,
    duration: { unit: "DAYS" as const, value: 1 },
    target_scope: "GLOBAL" as const,
    budget_action: "ALERT" as const,
  };
  const { budget_policy } = await unwrap(client.POST(`${root}/budgets/create`, { body }));
  const budget_policy_id = budget_policy?.budget_policy_id ?? "";
  const params = { query: { budget_policy_id } };
  expect((await unwrap(client.GET(`${root}/budgets/get`, { params }))).budget_policy).toMatchObject(body);
  await unwrap(client.POST(`${root}/budgets/update`, { body: { budget_policy_id, budget_amount: 20 } }));
  await unwrap(client.GET(`${root}/budgets/list`, { params: { query: { max_results: 10 } } }));
  await unwrap(client.GET(`${root}/budgets/windows`));
  await unwrap(client.DELETE(`${root}/budgets/delete`, { body: { budget_policy_id } }));
};

export const gatewayGuardrails: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const { endpoint_id } = await newGatewayEndpoint(client);
  const scorer = { experiment_id, name: "polite", serialized_scorer: JSON.stringify({ name: "polite" }) };
  const { scorer_id = "" } = await unwrap(client.POST("/api/3.0/mlflow/scorers/register", { body: scorer }));
  const body = {
    name: uniqueName("guardrail"),
    scorer_id,
    scorer_version: 1,
    stage: "BEFORE" as const,
    action: "VALIDATION" as const,
  };
  const { guardrail } = await unwrap(client.POST(`${root}/guardrails/create`, { body }));
  const guardrail_id = guardrail?.guardrail_id ?? "";
  await unwrap(client.GET(`${root}/guardrails/get`, { params: { query: { guardrail_id } } }));
  await unwrap(client.GET(`${root}/guardrails/list`, { params: { query: { max_results: 10 } } }));
  const both = { endpoint_id, guardrail_id };
  await unwrap(client.POST(`${root}/guardrails/add-to-endpoint`, { body: { ...both, execution_order: 1 } }));
  await unwrap(client.PATCH(`${root}/guardrails/update-config`, { body: { ...both, execution_order: 2 } }));
  const configs = client.GET(`${root}/guardrails/list-for-endpoint`, { params: { query: { endpoint_id } } });
  expect((await unwrap(configs)).configs).toHaveLength(1);
  await unwrap(client.DELETE(`${root}/guardrails/remove-from-endpoint`, { body: both }));
  await unwrap(client.DELETE(`${root}/guardrails/delete`, { body: { guardrail_id } }));
};
