import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { type Scenario, uniqueName } from "../scenario.ts";

export const webhooks: Scenario = async (client) => {
  const events = [{ entity: "MODEL_VERSION_ALIAS" as const, action: "CREATED" as const }];
  // MLflow takes public addresses alone. This one is never called: the hook is off and no test sends to it.
  const body = { name: uniqueName("hook"), url: "https://9.9.9.9/hook", events, status: "DISABLED" as const };
  const { webhook } = await unwrap(client.POST("/api/2.0/mlflow/webhooks", { body }));
  const path = { webhook_id: webhook?.webhook_id ?? "" };
  const one = "/api/2.0/mlflow/webhooks/{webhook_id}" as const;
  await unwrap(client.PATCH(one, { params: { path }, body: { description: "of the alias" } }));
  expect((await unwrap(client.GET(one, { params: { path } }))).webhook).toMatchObject({
    events,
    status: "DISABLED",
  });
  const list = await unwrap(
    client.GET("/api/2.0/mlflow/webhooks", { params: { query: { max_results: 10 } } }),
  );
  expect(list.webhooks?.map((each) => each.webhook_id)).toContain(path.webhook_id);
  await unwrap(client.DELETE(one, { params: { path } }));
  const gone = client.POST(`${one}/test`, { params: { path }, body: {} });
  await expect(unwrap(gone)).rejects.toMatchObject({ errorCode: "RESOURCE_DOES_NOT_EXIST", status: 404 });
};
