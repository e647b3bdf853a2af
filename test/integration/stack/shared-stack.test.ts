import { expect, it } from "vitest";
import { useSharedStack } from "../../support/stack.ts";

const { mlflowUrl, s3Url, bucket, inferenceLogBucket, uploadBucket, env } = useSharedStack();

it("offers MLflow's registry", async () => {
  const response = await fetch(`${mlflowUrl}/api/2.0/mlflow/registered-models/search`);
  expect(response.status).toBe(200);
});

it("offers S3 to those who hold the keys alone", async () => {
  for (const name of [bucket, inferenceLogBucket, uploadBucket]) {
    const response = await fetch(`${s3Url}/${name}?list-type=2`);
    expect(response.status).toBe(403);
  }
});

it("tells every client where it is", () => {
  expect(env).toMatchObject({
    MLFLOW_TRACKING_URI: mlflowUrl,
    MLFLOW_S3_ENDPOINT_URL: s3Url,
    AWS_ENDPOINT_URL_S3: s3Url,
    INFERENCE_LOG_BUCKET: inferenceLogBucket,
    UPLOAD_BUCKET: uploadBucket,
  });
});
