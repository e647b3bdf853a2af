import { Readable } from "node:stream";
import { expect, it } from "vitest";
import type { ObjectStream } from "../../../shared/aws/object-store.ts";
import { StorageError } from "../../../shared/aws/storage-error.ts";
import { createStoredUploads } from "../../../shared/aws/stored-uploads.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";

const open = (openObject: () => Promise<ObjectStream | undefined>) =>
  createStoredUploads({
    store: { openObject, deleteObjects: async () => undefined },
    bucket: "uploads",
    maxBytes: 100,
    log: createRecordedLog(),
  });

it.each<[kind: string, openObject: () => Promise<ObjectStream | undefined>]>([
  ["does not answer", async () => Promise.reject(new Error("timeout"))],
  [
    "is cut off while it answers",
    async () => ({
      body: Readable.from(
        (async function* () {
          yield Buffer.alloc(10);
          throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
        })(),
      ),
      sizeBytes: 20,
      contentType: undefined,
      etag: "e",
    }),
  ],
])("When S3 %s the caller is told to try the same upload again", async (_, openObject) => {
  await expect(open(openObject).fetch("id")).rejects.toMatchObject({
    status: 503,
    code: "upload_unreadable",
    message: "The uploaded photograph could not be read in time: send its upload_id again",
  });
});

const photograph = (parts: number[], sizeBytes: number | undefined): ObjectStream => ({
  body: Readable.from(parts.map((bytes) => Buffer.alloc(bytes, 7))),
  sizeBytes,
  contentType: undefined,
  etag: "e",
});

it.each([100, undefined])(
  "A photograph of as many bytes as are allowed is read, stated size %s",
  async (size) => {
    const bytes = await open(async () => photograph([60, 40], size)).fetch("id");
    expect(bytes).toEqual(Buffer.alloc(100, 7));
  },
);

it.each<[sizeBytes: number | undefined, received: string]>([
  [101, "101"],
  [undefined, "more"],
])("A larger photograph is refused and no longer read, stated size %s", async (size, received) => {
  const object = photograph([60, 41, 1000], size);
  await expect(open(async () => object).fetch("id")).rejects.toMatchObject({
    status: 413,
    code: "payload_too_large",
    message: `Expected at most 100 bytes but received ${received}`,
  });
  expect(object.body.destroyed).toBe(true);
});

/** What openObject rejects with when S3 answers a request with an error. */
const refusalOf = (name: string, httpStatusCode: number) =>
  new StorageError(
    "GetObject",
    "s3://uploads/photographs/id",
    Object.assign(new Error("arn:aws:sts::1:assumed-role/predict"), { name, $metadata: { httpStatusCode } }),
  );

it.each([
  ["AccessDenied", 403],
  ["InvalidAccessKeyId", 403],
  ["SignatureDoesNotMatch", 403],
  ["NoSuchBucket", 404],
  ["KMS.DisabledException", 400],
])("When S3 refuses with %s, trying again does not help, and nobody is told to", async (name, status) => {
  const refusal = refusalOf(name, status);
  await expect(open(async () => Promise.reject(refusal)).fetch("id")).rejects.toBe(refusal);
});

it.each([
  ["SlowDown", 503],
  ["TooManyRequests", 429],
  ["RequestTimeout", 400],
  ["ThrottlingException", 400],
  ["InternalError", 500],
])("After %s of S3 the same upload may be tried again", async (name, status) => {
  const failure = refusalOf(name, status);
  await expect(open(async () => Promise.reject(failure)).fetch("id")).rejects.toMatchObject({
    status: 503,
    code: "upload_unreadable",
  });
});
