import { describe, expect, it } from "vitest";
import { MlflowError, parseMlflowSettings } from "../index.ts";

describe("parseMlflowSettings", () => {
  it("reads what the Python client reads, in this client's units", () => {
    const settings = parseMlflowSettings({
      MLFLOW_TRACKING_URI: "https://mlflow.example",
      MLFLOW_TRACKING_USERNAME: "ana",
      MLFLOW_TRACKING_PASSWORD: "secret",
      MLFLOW_TRACKING_TOKEN: "t0ken",
      MLFLOW_WORKSPACE: "clinic",
      MLFLOW_HTTP_REQUEST_TIMEOUT: "5",
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: "0",
      MLFLOW_S3_ENDPOINT_URL: "http://s3.example",
      MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE: "path",
      MLFLOW_S3_EXPECTED_BUCKET_OWNER: "123456789012",
      MLFLOW_S3_IGNORE_TLS: "True",
    });
    expect(settings).toEqual({
      trackingUri: "https://mlflow.example",
      username: "ana",
      password: "secret",
      token: "t0ken",
      workspace: "clinic",
      timeoutMs: 5000,
      maxAttempts: 1,
      s3: {
        endpointUrl: "http://s3.example",
        addressingStyle: "path",
        expectedBucketOwner: "123456789012",
        ignoreTls: true,
      },
    });
  });

  it("takes the guide's names of the credentials too, after MLflow's own", () => {
    const guide = { MLFLOW_USERNAME: "ana", MLFLOW_PASSWORD: "secret" };
    expect(parseMlflowSettings(guide)).toMatchObject({ username: "ana", password: "secret" });
    const both = { ...guide, MLFLOW_TRACKING_USERNAME: "eva", MLFLOW_TRACKING_PASSWORD: "other" };
    expect(parseMlflowSettings(both)).toMatchObject({ username: "eva", password: "other" });
  });

  it("treats an empty value as absent", () => {
    expect(
      parseMlflowSettings({ MLFLOW_TRACKING_URI: "", MLFLOW_TRACKING_TOKEN: "", MLFLOW_S3_IGNORE_TLS: "0" }),
    ).toEqual({
      trackingUri: "http://localhost:5000",
      s3: { ignoreTls: false },
    });
  });

  it("names every setting that is wrong, at once", () => {
    const parse = () =>
      parseMlflowSettings({
        MLFLOW_TRACKING_URI: "postgresql://mlflow:hidden@db/mlflow",
        MLFLOW_HTTP_REQUEST_TIMEOUT: "soon",
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: "-1",
        MLFLOW_USERNAME: "ana",
        MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE: "sideways",
        MLFLOW_TRACKING_INSECURE_TLS: "true",
      });
    expect(parse).toThrow(MlflowError);
    for (const part of [
      "received a postgresql: address",
      "Expected a whole number of at least 1 for MLFLOW_HTTP_REQUEST_TIMEOUT but received soon",
      "Expected a whole number of at least 0 for MLFLOW_HTTP_REQUEST_MAX_RETRIES but received -1",
      "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD",
      "for MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE but received sideways",
      "MLFLOW_TRACKING_INSECURE_TLS is not supported: name the server's certificate in NODE_EXTRA_CA_CERTS",
    ]) {
      expect(parse).toThrow(part);
    }
    expect(parse).not.toThrow("hidden");
  });
});
