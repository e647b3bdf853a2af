import { expect } from "vitest";
import { getMetricHistory, unwrap } from "../../../../shared/mlflow/index.ts";
import { collect, newRun, type Scenario } from "../scenario.ts";

const timestamp = 1_795_600_000_123;

export const metrics: Scenario = async (client) => {
  const { runId: run_id } = await newRun(client);
  const one = { run_id, key: "loss", value: 0.5, timestamp, step: 0 };
  await unwrap(client.POST("/api/2.0/mlflow/runs/log-metric", { body: one }));
  const batch = {
    run_id,
    metrics: [
      { key: "loss", value: "NaN" as const, timestamp, step: 1 },
      { key: "loss", value: "Infinity" as const, timestamp, step: 2 },
      { key: "loss", value: "-Infinity" as const, timestamp, step: 3 },
      { key: "loss", value: 1e-300, timestamp, step: -4 },
      { key: "accuracy", value: 0.9, timestamp, step: 7 },
    ],
    params: [{ key: "depth", value: "4" }],
    tags: [{ key: "kind", value: "batch" }],
  };
  await unwrap(client.POST("/api/2.0/mlflow/runs/log-batch", { body: batch }));

  const query = { run_id, metric_key: "loss" };
  const history = await unwrap(client.GET("/api/2.0/mlflow/metrics/get-history", { params: { query } }));
  expect(history.metrics).toHaveLength(5);
  // MLflow's database holds no infinity: it keeps the largest float instead.
  expect(history.metrics?.map(({ value }) => value)).toEqual(
    expect.arrayContaining([0.5, "NaN", 1.7976931348623157e308, -1.7976931348623157e308, 1e-300]),
  );
  const paged = await collect(getMetricHistory(client, run_id, "loss", 2));
  expect(paged).toHaveLength(5);
  expect(new Set(paged.map(({ step }) => step))).toEqual(new Set([0, 1, 2, 3, -4]));

  // Of a metric without NaN: this route writes it bare, which is not JSON.
  const several = { run_id: [run_id], metric_key: "accuracy", max_results: 10 };
  const bulk = client.GET("/ajax-api/2.0/mlflow/metrics/get-history-bulk", { params: { query: several } });
  expect((await unwrap(bulk)).metrics).toEqual([{ key: "accuracy", value: 0.9, timestamp, step: 7, run_id }]);
  const interval = { run_ids: [run_id], metric_key: "loss", start_step: 0, end_step: 3, max_results: 10 };
  const inInterval = await unwrap(
    client.GET("/api/2.0/mlflow/metrics/get-history-bulk-interval", { params: { query: interval } }),
  );
  expect(inInterval.metrics?.every((metric) => metric.run_id === run_id)).toBe(true);
};
