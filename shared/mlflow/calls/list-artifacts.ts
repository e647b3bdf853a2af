import type { MlflowClient } from "../client.ts";
import { paginate } from "../paginate.ts";
import type { FileInfo } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Files and folders in a folder of a run, by default its root; each `path` is relative to the root. */
export function listArtifacts(
  client: MlflowClient,
  runId: string,
  path?: string,
): AsyncGenerator<FileInfo, void, undefined> {
  return paginate(async (pageToken) => {
    const query = { run_id: runId, ...(path && { path }), ...(pageToken && { page_token: pageToken }) };
    const answer = await unwrap(client.GET("/api/2.0/mlflow/artifacts/list", { params: { query } }));
    return { items: answer.files, nextPageToken: answer.next_page_token };
  });
}
