import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { loadDocument } from "../openapi-document.ts";
import type { Scenario } from "../scenario.ts";

export const server: Scenario = async (client) => {
  expect(await unwrap(client.GET("/health", { parseAs: "text" }))).toBe("OK");
  expect(await unwrap(client.GET("/version", { parseAs: "text" }))).toBe(loadDocument().info.version);
  expect((await unwrap(client.GET("/api/3.0/mlflow/server-info"))).store_type).toBe("SqlStore");
};

/** What the server routes to nothing answers 404 in HTML; a service that is off answers 503. */
export const withoutService: Scenario = async (client) => {
  const unified = client.GET("/api/2.0/mlflow/unified-traces", {
    params: { query: { model_id: "m-1", sql_warehouse_id: "w" } },
  });
  await expect(unwrap(unified)).rejects.toMatchObject({ status: 404 });
  const query = {
    trace_id: "tr-1",
    sql_warehouse_id: "w",
    source_inference_table: "t",
    source_databricks_request_id: "r",
  };
  const online = client.GET("/api/2.0/mlflow/get-online-trace-details", { params: { query } });
  await expect(unwrap(online)).rejects.toMatchObject({ status: 404 });
  const datasets = client.POST("/api/2.0mlflow/experiments/search-datasets", {
    body: { experiment_ids: ["0"] },
  });
  await expect(unwrap(datasets)).rejects.toMatchObject({ status: 404 });

  const path = { workspace_name: "clinic" };
  const off = [
    client.GET("/api/3.0/mlflow/workspaces"),
    client.POST("/api/3.0/mlflow/workspaces", { body: { name: "clinic" } }),
    client.GET("/api/3.0/mlflow/workspaces/{workspace_name}", { params: { path } }),
    client.PATCH("/api/3.0/mlflow/workspaces/{workspace_name}", {
      params: { path },
      body: { description: "x" },
    }),
    client.DELETE("/api/3.0/mlflow/workspaces/{workspace_name}", { params: { path } }),
  ];
  for (const call of off) await expect(unwrap<unknown>(call)).rejects.toMatchObject({ status: 503 });
};
