import { deleteObjects } from "./delete-objects.ts";
import { getObject, type ObjectStream, openObject, type StoredObject } from "./get-object.ts";
import {
  type ListedObject,
  type ListedPage,
  type ListObjectsOptions,
  listObjects,
  listPage,
} from "./list-objects.ts";
import { type PutObjectOptions, putObject } from "./put-object.ts";
import type { S3ClientOptions } from "./s3-client.ts";
import { createCredentialsProvider, createS3Connection, type RequestOptions } from "./s3-connection.ts";

export type { ListedObject, ListedPage, ListObjectsOptions, ObjectStream, PutObjectOptions, StoredObject };

/** The few S3 requests that this service makes. Every function throws StorageError when S3 fails or refuses. */
export type ObjectStore = ReturnType<typeof createObjectStore>;

/**
 * @example
 * const store = createObjectStore({ region: "us-east-1", endpoint: "http://127.0.0.1:8333" });
 * await store.putObject("bucket", "folder/key.json", "{}", { contentType: "application/json" });
 */
export function createObjectStore(options: S3ClientOptions) {
  const connect = createS3Connection(options);
  const resolveCredentials = createCredentialsProvider(connect);

  return {
    /** Prepares for the first `putObject`: looks up the credentials, which may take a request of its own. */
    async warm(): Promise<void> {
      await resolveCredentials({ mustRenew: false });
    },

    /** Returns the new object's ETag, or undefined when a condition did not hold and nothing was written. */
    putObject: (bucket: string, key: string, body: string | Uint8Array, request: PutObjectOptions = {}) =>
      putObject(options, resolveCredentials, bucket, key, body, request),

    /** The whole object in memory; undefined when no object has this key. */
    getObject: (bucket: string, key: string, request: RequestOptions = {}) =>
      getObject(options, resolveCredentials, bucket, key, request),

    /** The object as a stream, for files too large for memory; undefined when no object has this key. */
    openObject: (bucket: string, key: string, request: RequestOptions = {}) =>
      openObject(connect, bucket, key, request),

    /** One page of at most 1,000 objects, in the order of their keys. */
    listPage: (bucket: string, list: ListObjectsOptions, continuationToken?: string) =>
      listPage(connect, bucket, list, continuationToken),

    /** Every object under a prefix, in the order of their keys, one page per request. */
    listObjects: (bucket: string, list: ListObjectsOptions) => listObjects(connect, bucket, list),

    /** Keys that do not exist count as deleted. */
    deleteObjects: (bucket: string, keys: readonly string[], request: RequestOptions = {}) =>
      deleteObjects(connect, bucket, keys, request),
  };
}
