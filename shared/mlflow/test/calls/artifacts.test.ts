import { expect, it } from "vitest";
import { downloadArtifact, uploadArtifact } from "../../index.ts";
import { connectionFailure, createFakeServer, refusal } from "../fake-server.ts";

it("uploads bytes as they are, again if need be", async () => {
  const reset = () => connectionFailure("ECONNRESET");
  const { client, requests } = createFakeServer([reset, () => new Response(null)]);
  const bytes = new Uint8Array([0, 255, 10, 13]);
  await uploadArtifact(client, "mlflow-artifacts:/1/a b.bin", bytes);
  const last = requests[1];
  expect(last?.url).toBe("http://mlflow.example/api/2.0/mlflow-artifacts/artifacts/1/a%20b.bin");
  expect(last?.headers.get("content-type")).toBe("application/octet-stream");
  expect(new Uint8Array((await last?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes);
});

it("sends a stream only once: what was read of it is gone", async () => {
  const { client, requests } = createFakeServer([() => connectionFailure("ECONNREFUSED")]);
  const upload = uploadArtifact(client, "1/a.bin", new Blob(["bytes"]).stream());
  await expect(upload).rejects.toMatchObject({ errorCode: "CONNECTION_FAILED" });
  expect(requests).toHaveLength(1);
});

it("gives a download as a stream, and its refusal as an error", async () => {
  const { client } = createFakeServer([() => new Response(new Uint8Array([1, 2, 3]))]);
  const stream = await downloadArtifact(client, "1/a.bin");
  expect(stream).toBeInstanceOf(ReadableStream);
  expect((await new Response(stream).arrayBuffer()).byteLength).toBe(3);
  const missing = createFakeServer([() => refusal("INTERNAL_ERROR", 500)]);
  await expect(downloadArtifact(missing.client, "1/a.bin")).rejects.toMatchObject({
    errorCode: "INTERNAL_ERROR",
  });
});
