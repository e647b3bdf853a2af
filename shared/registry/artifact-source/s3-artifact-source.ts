import type { ObjectStore } from "../../aws/object-store.ts";
import { parseS3Address } from "../../aws/s3-address.ts";
import { ModelError } from "../../errors/model-error.ts";
import type { ArtifactSource } from "./artifact-source.ts";

/** More files than any model has: a wrong artifact root must not list a whole bucket. */
const maximumFiles = 1_000;
const uploadTimeoutMs = 300_000;

/**
 * Files read and written directly in S3.
 *
 * @param address `s3://bucket/folder`
 */
export function createS3ArtifactSource(store: ObjectStore, address: string): ArtifactSource {
  const { bucket, folder } = parseFolder(address);

  return {
    address,

    async list() {
      const files = [];
      for await (const { key, sizeBytes } of store.listObjects(bucket, { prefix: folder })) {
        if (key.endsWith("/")) continue;
        files.push({ path: key.slice(folder.length), sizeBytes });
        if (files.length > maximumFiles) {
          throw new ModelError(
            `${address}: Expected the files of one model but received over ${maximumFiles} files`,
          );
        }
      }
      return files;
    },

    async open(path) {
      const object = await store.openObject(bucket, folder + path);
      if (object === undefined) throw new ModelError(`${address}/${path} does not exist`);
      return object.body;
    },

    async upload(path, body) {
      await store.putObject(bucket, folder + path, body, { timeoutMs: uploadTimeoutMs });
    },
  };
}

/** Bucket, and folder with a `/` at its end, or an empty one. */
function parseFolder(address: string): { bucket: string; folder: string } {
  const place = parseS3Address(address);
  if (place === undefined) throw new ModelError(`Expected s3://bucket/folder but received ${address}`);
  const folder = place.key.replace(/\/+$/, "");
  return { bucket: place.bucket, folder: folder === "" ? "" : `${folder}/` };
}
