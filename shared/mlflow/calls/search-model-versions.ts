import type { MlflowClient } from "../client.ts";
import { paginate } from "../paginate.ts";
import type { ModelVersion } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/**
 * Filter for the versions of one registered model. MLflow's filters have no escapes, but accept both kinds of quotes.
 */
export function ofModel(name: string): string {
  return name.includes("'") ? `name = "${name}"` : `name = '${name}'`;
}

/** Versions that match a filter such as `ofModel(name)`, those changed last first, without their aliases. */
export function searchModelVersions(
  client: MlflowClient,
  filter: string,
  pageSize = 1000,
): AsyncGenerator<ModelVersion, void, undefined> {
  return paginate(async (pageToken) => {
    const page = pageToken === undefined ? {} : { page_token: pageToken };
    const query = { filter, max_results: pageSize, ...page };
    const answer = await unwrap(client.GET("/api/2.0/mlflow/model-versions/search", { params: { query } }));
    return { items: answer.model_versions, nextPageToken: answer.next_page_token };
  });
}
