import { artifactPath } from "../artifact-path.ts";
import type { MlflowClient } from "../client.ts";
import { MlflowError } from "../error.ts";
import { unwrap } from "../unwrap.ts";

/**
 * The bytes of a file behind the server's artifact proxy, as a stream; read it to its end or cancel it.
 *
 * @param artifactUri `mlflow-artifacts:/...`, or the path below the server's artifact root.
 * @throws MlflowError INTERNAL_ERROR when there is no such file: MLflow has no better code.
 */
export async function downloadArtifact(
  client: MlflowClient,
  artifactUri: string,
): Promise<ReadableStream<Uint8Array>> {
  const call = client.GET("/api/2.0/mlflow-artifacts/artifacts/{artifact_path}", {
    params: { path: { artifact_path: artifactPath(artifactUri) } },
    parseAs: "stream",
    fetch: client.streamFetch,
  });
  const stream = await unwrap(call);
  if (!stream) throw new MlflowError(`${artifactUri} has no body`, { errorCode: "UNEXPECTED_ANSWER" });
  return stream as ReadableStream<Uint8Array>;
}
