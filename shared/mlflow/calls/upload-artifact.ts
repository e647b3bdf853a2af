import { artifactPath } from "../artifact-path.ts";
import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/**
 * Writes a file through the server's artifact proxy; an existing file is replaced.
 *
 * @param artifactUri `mlflow-artifacts:/...`, or the path below the server's artifact root.
 * @param body bytes, or a stream of bytes for a file too large for memory; a stream is sent only once.
 *
 * @example
 * ```ts
 * await uploadArtifact(client, "mlflow-artifacts:/1/models/m-1/artifacts/model.onnx", createReadStream("model.onnx"));
 * ```
 */
export async function uploadArtifact(
  client: MlflowClient,
  artifactUri: string,
  body: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const streamed = body instanceof Uint8Array ? undefined : ReadableStream.from(body);
  const call = client.PUT("/api/2.0/mlflow-artifacts/artifacts/{artifact_path}", {
    params: { path: { artifact_path: artifactPath(artifactUri) } },
    headers: { "content-type": "application/octet-stream" },
    body: (streamed ?? body) as unknown as string,
    bodySerializer: (bytes) => bytes,
    ...(streamed && { duplex: "half", fetch: client.streamFetch }),
  });
  await unwrap(call);
}
