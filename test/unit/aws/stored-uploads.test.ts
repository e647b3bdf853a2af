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

it("When S3 denies access, trying again does not help, and nobody is told to", async () => {
  const denied = new StorageError(
    "GetObject",
    "s3://uploads/photographs/id",
    Object.assign(new Error("User: arn:aws:sts::1:assumed-role/predict is not authorized"), {
      name: "AccessDenied",
    }),
  );
  await expect(open(async () => Promise.reject(denied)).fetch("id")).rejects.toBe(denied);
});
