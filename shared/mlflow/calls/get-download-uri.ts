import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/** Where the files of a version lie: an `s3://` or `mlflow-artifacts:` address. */
export async function getDownloadUri(client: MlflowClient, name: string, version: string): Promise<string> {
  const query = { name, version };
  const answer = await unwrap(
    client.GET("/api/2.0/mlflow/model-versions/get-download-uri", { params: { query } }),
  );
  return answer.artifact_uri;
}
