import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { createExperiment, type MlflowClient, unwrap } from "../../../../shared/mlflow/index.ts";
import { asBody, newRun, rawBody, type Scenario, uniqueName } from "../scenario.ts";

const proxied = "/api/2.0/mlflow-artifacts/artifacts/{artifact_path}";

export const artifactProxy: Scenario = async (client) => {
  const folder = uniqueName("files");
  const bytes = randomBytes(5_000);
  const path = { artifact_path: `${folder}/a folder/eye é.bin` };
  await unwrap(client.PUT(proxied, { params: { path }, body: asBody(bytes), ...rawBody }));
  expect(await download(client, path.artifact_path)).toEqual(bytes);

  const listed = await unwrap(
    client.GET("/api/2.0/mlflow-artifacts/artifacts", { params: { query: { path: folder } } }),
  );
  expect(listed.files).toEqual([{ path: "a folder", is_dir: true }]);
  const address = await unwrap(
    client.GET("/api/2.0/mlflow-artifacts/presigned/{artifact_path}", { params: { path } }),
  );
  expect(address.file_size).toBe(bytes.length);
  expect(Buffer.from(await (await fetch(address.url ?? "")).arrayBuffer())).toEqual(bytes);

  await unwrap(client.DELETE(proxied, { params: { path } }));
  await expect(download(client, path.artifact_path)).rejects.toMatchObject({ errorCode: "INTERNAL_ERROR" });
  const climbing = client.GET(proxied, { params: { path: { artifact_path: "a/%2e%2e/%2e%2e/b" } } });
  await expect(unwrap(climbing)).rejects.toMatchObject({ status: 400 });
};

export const multipartUpload: Scenario = async (client) => {
  const folder = uniqueName("parts");
  const artifact_path = `${folder}/large.bin`;
  const params = { path: { artifact_path } };
  // S3 takes no part but the last below 5 MiB.
  const parts = [randomBytes(5 * 1024 * 1024), randomBytes(1000)];
  const create = { path: "large.bin", num_parts: parts.length };
  const upload = await unwrap(
    client.POST("/api/2.0/mlflow-artifacts/mpu/create/{artifact_path}", {
      params: { path: { artifact_path: folder } },
      body: create,
    }),
  );
  const uploaded = await Promise.all(
    (upload.credentials ?? []).map(async ({ url = "", part_number = 0 }) => {
      const response = await fetch(url, {
        method: "PUT",
        body: new Uint8Array(parts[part_number - 1] ?? []),
      });
      return { part_number, etag: response.headers.get("etag") ?? "", url };
    }),
  );
  const upload_id = upload.upload_id ?? "";
  await unwrap(
    client.POST("/api/2.0/mlflow-artifacts/mpu/complete/{artifact_path}", {
      params: { path: { artifact_path: folder } },
      body: { path: "large.bin", upload_id, parts: uploaded },
    }),
  );
  expect((await download(client, artifact_path)).equals(Buffer.concat(parts))).toBe(true);

  const second = await unwrap(
    client.POST("/api/2.0/mlflow-artifacts/mpu/create/{artifact_path}", { params, body: create }),
  );
  const abort = { path: "large.bin", upload_id: second.upload_id ?? "" };
  await unwrap(client.POST("/api/2.0/mlflow-artifacts/mpu/abort/{artifact_path}", { params, body: abort }));
};

export const runArtifacts: Scenario = async (client) => {
  const { runId: run_id } = await newRun(client);
  const bytes = randomBytes(300);
  await unwrap(
    client.POST("/ajax-api/2.0/mlflow/upload-artifact", {
      params: { query: { run_uuid: run_id, path: "model/weights.bin" } },
      body: asBody(bytes),
      ...rawBody,
    }),
  );
  const listed = await unwrap(
    client.GET("/api/2.0/mlflow/artifacts/list", { params: { query: { run_id, path: "model" } } }),
  );
  expect(listed.files).toEqual([{ path: "model/weights.bin", is_dir: false, file_size: 300 }]);
  const query = { run_id, path: "model/weights.bin" };
  const file = await unwrap(client.GET("/get-artifact", { params: { query }, parseAs: "arrayBuffer" }));
  expect(Buffer.from(file)).toEqual(bytes);
};

/** Only a run whose artifacts lie in S3 itself, not behind the proxy, is given addresses to write to. */
export const presignedRunArtifacts: Scenario = async (client, { bucket }) => {
  const experiment = { name: uniqueName("direct"), artifact_location: `s3://${bucket}/direct` };
  const experiment_id = await createExperiment(client, experiment);
  const { runId: run_id } = await newRun(client, experiment_id);
  const bytes = randomBytes(300);
  const body = { run_id, path: "weights.bin" };
  const upload = await unwrap(client.POST("/api/2.0/mlflow/artifacts/presigned-upload-url", { body }));
  const headers = upload.headers ?? {};
  const put = await fetch(upload.presigned_url ?? "", { method: "PUT", headers, body: bytes });
  expect(put.status).toBe(200);
  const address = await unwrap(client.POST("/api/2.0/mlflow/artifacts/presigned-download-url", { body }));
  expect(Buffer.from(await (await fetch(address.presigned_url ?? "")).arrayBuffer())).toEqual(bytes);
};

export const modelVersionArtifacts: Scenario = async (client) => {
  const { experimentId, runId } = await newRun(client);
  const name = uniqueName("model");
  const folder = `${experimentId}/${runId}/artifacts/model`;
  const path = { artifact_path: `${folder}/MLmodel` };
  await unwrap(
    client.PUT(proxied, { params: { path }, body: asBody(Buffer.from("flavors: {}")), ...rawBody }),
  );
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/create", { body: { name } }));
  const body = { name, source: `mlflow-artifacts:/${folder}`, run_id: runId };
  await unwrap(client.POST("/api/2.0/mlflow/model-versions/create", { body }));
  const query = { name, version: "1", path: "MLmodel" };
  const file = client.GET("/model-versions/get-artifact", { params: { query }, parseAs: "text" });
  expect(await unwrap(file)).toBe("flavors: {}");
};

async function download(client: MlflowClient, artifact_path: string): Promise<Buffer> {
  const call = client.GET(proxied, { params: { path: { artifact_path } }, parseAs: "arrayBuffer" });
  return Buffer.from(await unwrap(call));
}
