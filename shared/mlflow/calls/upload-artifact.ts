import { artifactPath } from "../artifact-path.ts";
import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/**
 * Writes a file through the server's artifact proxy, over whatever is there.
 *
 * @param artifactUri `mlflow-artifacts:/...`, or the path below the server's artifact root.
 */
export async function uploadArtifact(
  client: MlflowClient,
  artifactUri: string,
  body: Uint8Array | ReadableStream<Uint8Array>,
): Promise<void> {
  const isStream = body instanceof ReadableStream;
  const call = client.PUT("/api/2.0/mlflow-artifacts/artifacts/{artifact_path}", {
    params: { path: { artifact_path: artifactPath(artifactUri) } },
    headers: { "content-type": "application/octet-stream" },
    body: body as unknown as string,
    bodySerializer: (bytes) => bytes,
    ...(isStream && { duplex: "half", fetch: client.streamFetch }),
  });
  await unwrap(call);
}
