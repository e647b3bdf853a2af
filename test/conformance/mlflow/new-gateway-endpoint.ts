import { type MlflowClient, unwrap } from "../../../shared/mlflow/index.ts";
import { uniqueName } from "./scenario.ts";

const root = "/api/3.0/mlflow/gateway" as const;

/** An endpoint whose model is never called. */
export async function newGatewayEndpoint(
  client: MlflowClient,
): Promise<{ endpoint_id: string; name: string }> {
  const secret_id = await newSecret(client, uniqueName("secret"));
  return newEndpoint(client, await newModelDefinition(client, secret_id));
}

export async function newSecret(client: MlflowClient, secret_name: string): Promise<string> {
  const body = { secret_name, secret_value: { api_key: "example" }, provider: "openai" };
  return (await unwrap(client.POST(`${root}/secrets/create`, { body }))).secret?.secret_id ?? "";
}

export async function newModelDefinition(client: MlflowClient, secret_id: string): Promise<string> {
  const body = { name: uniqueName("definition"), secret_id, provider: "openai", model_name: "gpt-example" };
  const { model_definition } = await unwrap(client.POST(`${root}/model-definitions/create`, { body }));
  return model_definition?.model_definition_id ?? "";
}

export async function newEndpoint(
  client: MlflowClient,
  model_definition_id: string,
): Promise<{ endpoint_id: string; name: string }> {
  const model_configs = [{ model_definition_id, linkage_type: "PRIMARY" as const, weight: 1 }];
  const name = uniqueName("endpoint");
  const { endpoint } = await unwrap(
    client.POST(`${root}/endpoints/create`, { body: { name, model_configs } }),
  );
  return { endpoint_id: endpoint?.endpoint_id ?? "", name };
}
