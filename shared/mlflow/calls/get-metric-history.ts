import type { MlflowClient } from "../client.ts";
import { paginate } from "../paginate.ts";
import type { Metric } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Every value of one metric of one run, oldest first. */
export function getMetricHistory(
  client: MlflowClient,
  runId: string,
  metricKey: string,
  pageSize = 10_000,
): AsyncGenerator<Metric, void, undefined> {
  return paginate(async (pageToken) => {
    const page = pageToken === undefined ? {} : { page_token: pageToken };
    const query = { run_id: runId, metric_key: metricKey, max_results: pageSize, ...page };
    const answer = await unwrap(client.GET("/api/2.0/mlflow/metrics/get-history", { params: { query } }));
    return { items: answer.metrics, nextPageToken: answer.next_page_token };
  });
}
