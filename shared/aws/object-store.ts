import type { Readable } from "node:stream";
import { getS3Client, loadS3Sdk, type S3ClientOptions } from "./s3-client.ts";
import { StorageError } from "./storage-error.ts";

/** Most keys that one page of a listing and one DeleteObjects request hold. */
export const maximumPageSize = 1_000;
const defaultTimeoutMs = 15_000;

interface RequestOptions {
  /** Milliseconds for the whole request with its retries. */
  timeoutMs?: number;
}

export interface PutObjectOptions extends RequestOptions {
  contentType?: string;
  /** Write only if no object has this key. */
  ifAbsent?: boolean;
  /** Write only over the object that has this ETag. */
  ifMatch?: string;
}

export interface StoredObject {
  bytes: Uint8Array;
  etag: string;
}

export interface ObjectStream {
  /** Must be read to its end or destroyed. */
  body: Readable;
  sizeBytes: number | undefined;
  etag: string;
}

export interface ListedObject {
  key: string;
  sizeBytes: number;
  lastModifiedMs: number;
}

export interface ListOptions extends RequestOptions {
  prefix: string;
  /** List only keys that sort behind this text, which need not be a key. */
  startAfter?: string | undefined;
}

export interface ListedPage {
  objects: ListedObject[];
  /** Asks for the page that follows; absent on the last. */
  continuationToken: string | undefined;
}

/** The few S3 requests this service makes. Every function throws StorageError when S3 does not do what was asked. */
export type ObjectStore = ReturnType<typeof createObjectStore>;

/**
 * @example
 * const store = createObjectStore({ region: "us-east-1", endpoint: "http://127.0.0.1:8333" });
 * await store.putObject("bucket", "folder/key.json", "{}", { contentType: "application/json" });
 */
export function createObjectStore(options: S3ClientOptions) {
  const connect = async () => ({ sdk: await loadS3Sdk(), client: await getS3Client(options) });

  return {
    /** Imports the SDK ahead of the first request. */
    async warm(): Promise<void> {
      await connect();
    },

    /** Returns the new object's ETag, or undefined when a condition did not hold and nothing was written. */
    async putObject(
      bucket: string,
      key: string,
      body: string | Uint8Array,
      { contentType, ifAbsent, ifMatch, timeoutMs = defaultTimeoutMs }: PutObjectOptions = {},
    ): Promise<string | undefined> {
      try {
        const { sdk, client } = await connect();
        const command = new sdk.PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          IfNoneMatch: ifAbsent ? "*" : undefined,
          IfMatch: ifMatch,
        });
        const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
        return answer.ETag ?? "";
      } catch (error) {
        if ((ifAbsent || ifMatch !== undefined) && isUnmetCondition(error)) return undefined;
        throw new StorageError("PutObject", `s3://${bucket}/${key}`, error);
      }
    },

    /** The whole object in memory; undefined when no object has this key. */
    async getObject(
      bucket: string,
      key: string,
      { timeoutMs = defaultTimeoutMs }: RequestOptions = {},
    ): Promise<StoredObject | undefined> {
      try {
        const { sdk, client } = await connect();
        const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: key });
        const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
        return {
          bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(),
          etag: answer.ETag ?? "",
        };
      } catch (error) {
        if (isMissingKey(error)) return undefined;
        throw new StorageError("GetObject", `s3://${bucket}/${key}`, error);
      }
    },

    /** The object as a stream, for files too large for memory; undefined when no object has this key. */
    async openObject(
      bucket: string,
      key: string,
      { timeoutMs = 300_000 }: RequestOptions = {},
    ): Promise<ObjectStream | undefined> {
      try {
        const { sdk, client } = await connect();
        const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: key });
        const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
        return { body: answer.Body as Readable, sizeBytes: answer.ContentLength, etag: answer.ETag ?? "" };
      } catch (error) {
        if (isMissingKey(error)) return undefined;
        throw new StorageError("GetObject", `s3://${bucket}/${key}`, error);
      }
    },

    /** One page of at most 1,000 objects, in the order of their keys. */
    async listPage(
      bucket: string,
      { prefix, startAfter, timeoutMs = defaultTimeoutMs }: ListOptions,
      continuationToken?: string,
    ): Promise<ListedPage> {
      try {
        const { sdk, client } = await connect();
        const command = new sdk.ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          StartAfter: startAfter,
          ContinuationToken: continuationToken,
          MaxKeys: maximumPageSize,
        });
        const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
        const objects = (answer.Contents ?? []).map((object) => ({
          key: object.Key ?? "",
          sizeBytes: object.Size ?? 0,
          lastModifiedMs: object.LastModified?.getTime() ?? 0,
        }));
        return { objects, continuationToken: answer.IsTruncated ? answer.NextContinuationToken : undefined };
      } catch (error) {
        throw new StorageError("ListObjectsV2", `s3://${bucket}/${prefix}`, error);
      }
    },

    /** Every object under a prefix, in the order of their keys, a page a request. */
    async *listObjects(bucket: string, options: ListOptions): AsyncGenerator<ListedObject> {
      let continuationToken: string | undefined;
      do {
        const page = await this.listPage(bucket, options, continuationToken);
        yield* page.objects;
        continuationToken = page.continuationToken;
      } while (continuationToken !== undefined);
    },

    /** Keys that do not exist count as deleted. */
    async deleteObjects(
      bucket: string,
      keys: readonly string[],
      { timeoutMs = defaultTimeoutMs }: RequestOptions = {},
    ): Promise<void> {
      const { sdk, client } = await connect();
      for (let start = 0; start < keys.length; start += maximumPageSize) {
        const page = keys.slice(start, start + maximumPageSize);
        const address = `s3://${bucket}/${page[0]} and ${page.length - 1} more`;
        const command = new sdk.DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: page.map((key) => ({ Key: key })), Quiet: true },
        });
        const answer = await client
          .send(command, { abortSignal: AbortSignal.timeout(timeoutMs) })
          .catch((error: unknown) => {
            throw new StorageError("DeleteObjects", address, error);
          });
        const refused = answer.Errors?.[0];
        if (refused !== undefined) {
          throw new StorageError("DeleteObjects", address, new Error(`${refused.Key}: ${refused.Message}`));
        }
      }
    },
  };
}

/** A missing bucket is no missing key: it stays an error. */
function isMissingKey(error: unknown): boolean {
  return error instanceof Error && error.name === "NoSuchKey";
}

function isUnmetCondition(error: unknown): boolean {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata;
  const status = metadata?.httpStatusCode;
  // 409: another conditional write of the same key was under way and won.
  return status === 412 || status === 409 || isMissingKey(error);
}
