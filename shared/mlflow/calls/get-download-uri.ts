import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/** Address of a version's files, such as `s3://...` or `mlflow-artifacts:/...`. */
export async function getDownloadUri(client: MlflowClient, name: string, version: string): Promise<string> {
  const query = { name, version };
  const answer = await unwrap(
    client.GET("/api/2.0/mlflow/model-versions/get-download-uri", { params: { query } }),
  );
  return answer.artifact_uri;
}
