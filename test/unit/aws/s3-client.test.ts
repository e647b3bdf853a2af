import { expect, it } from "vitest";
import { getS3Client, loadS3Sdk } from "../../../shared/aws/s3-client.ts";
import { StorageError } from "../../../shared/aws/storage-error.ts";

it("imports the SDK once", () => {
  expect(loadS3Sdk()).toBe(loadS3Sdk());
});

it("shares one client for each region and endpoint", async () => {
  const local = { region: "us-east-1", endpoint: "http://127.0.0.1:1" };

  expect(await getS3Client(local)).toBe(await getS3Client({ ...local }));
  expect(await getS3Client(local)).not.toBe(await getS3Client({ ...local, endpoint: "http://127.0.0.1:2" }));
  expect(await getS3Client(local)).not.toBe(await getS3Client({ region: "us-east-1" }));
});

it("addresses buckets by path where the server is not AWS's own", async () => {
  const local = await getS3Client({ region: "us-east-1", endpoint: "http://127.0.0.1:1" });
  const aws = await getS3Client({ region: "eu-central-1" });

  expect(local.config.forcePathStyle).toBe(true);
  expect(aws.config.forcePathStyle).toBeFalsy();
  expect(await aws.config.region()).toBe("eu-central-1");
});

it("gives up after three attempts and adds no checksum that other servers refuse", async () => {
  const { config } = await getS3Client({ region: "eu-central-1" });

  expect(await config.maxAttempts()).toBe(3);
  expect(await config.requestChecksumCalculation()).toBe("WHEN_REQUIRED");
});

it("keeps the cause of a storage error", () => {
  const cause = new TypeError("no socket");
  const error = new StorageError("GetObject", "s3://bucket/key", cause);

  expect(error.message).toBe("S3 GetObject of s3://bucket/key failed (TypeError: no socket)");
  expect(error).toMatchObject({ code: "storage_error", cause });
});
