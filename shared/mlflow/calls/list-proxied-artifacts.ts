import { artifactPath } from "../artifact-path.ts";
import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Files and folders directly below an `mlflow-artifacts:` address; each `path` is relative to that address. */
export async function listProxiedArtifacts(
  client: MlflowClient,
  artifactUri: string,
): Promise<Schemas["ArtifactsFileInfo"][]> {
  const query = { path: artifactPath(artifactUri) };
  const answer = await unwrap(client.GET("/api/2.0/mlflow-artifacts/artifacts", { params: { query } }));
  return answer.files ?? [];
}
