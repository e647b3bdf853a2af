import type { MlflowClient } from "../client.ts";
import { paginate } from "../paginate.ts";
import type { Run, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/**
 * Runs that match a filter, newest first unless `order_by` says otherwise. `max_results` limits a page, not the search.
 *
 * @example
 * ```ts
 * for await (const run of searchRuns(client, { experiment_ids: ["1"], filter: "tags.kind = 'api'" })) console.log(run.info.run_id);
 * ```
 */
export function searchRuns(
  client: MlflowClient,
  request: Omit<Schemas["SearchRuns"], "page_token">,
): AsyncGenerator<Run, void, undefined> {
  return paginate(async (pageToken) => {
    const body = pageToken === undefined ? request : { ...request, page_token: pageToken };
    const answer = await unwrap(client.POST("/api/2.0/mlflow/runs/search", { body }));
    return { items: answer.runs, nextPageToken: answer.next_page_token };
  });
}
