import type { Readable } from "node:stream";
import { expectEtag } from "./expect-etag.ts";
import { locateObject } from "./locate-object.ts";
import type { S3ClientOptions } from "./s3-client.ts";
import {
  type ConnectToS3,
  defaultTimeoutMs,
  isMissingKey,
  type RequestOptions,
  type ResolveCredentials,
} from "./s3-connection.ts";
import { sendSigned } from "./send-signed.ts";
import { StorageError } from "./storage-error.ts";

const defaultStreamTimeoutMs = 300_000;

export interface StoredObject {
  bytes: Uint8Array;
  etag: string;
}

export interface ObjectStream {
  /** Must be read to its end or destroyed. */
  body: Readable;
  sizeBytes: number | undefined;
  contentType: string | undefined;
  etag: string;
}

/**
 * The whole object in memory; undefined when no object has this key. Without the SDK, because compaction makes half a
 * million such requests.
 */
export async function getObject(
  server: S3ClientOptions,
  resolveCredentials: ResolveCredentials,
  bucket: string,
  key: string,
  { timeoutMs = defaultTimeoutMs }: RequestOptions,
): Promise<StoredObject | undefined> {
  return undefinedIfMissing(bucket, key, async () => {
    const request = { ...locateObject(server, bucket, key), method: "GET" } as const;
    const { body, headers } = await sendSigned(request, resolveCredentials, timeoutMs);
    return { bytes: body, etag: expectEtag(headers) };
  });
}

/** The object as a stream, for files too large for memory; undefined when no object has this key. */
export async function openObject(
  connect: ConnectToS3,
  bucket: string,
  key: string,
  { timeoutMs = defaultStreamTimeoutMs }: RequestOptions,
): Promise<ObjectStream | undefined> {
  return undefinedIfMissing(bucket, key, async () => {
    const answer = await requestObject(connect, bucket, key, timeoutMs);
    const body = answer.Body as Readable;
    if (answer.ETag === undefined) body.destroy();
    return {
      body,
      sizeBytes: answer.ContentLength,
      contentType: answer.ContentType,
      etag: expectEtag({ etag: answer.ETag }),
    };
  });
}

async function requestObject(connect: ConnectToS3, bucket: string, key: string, timeoutMs: number) {
  const { sdk, client } = await connect();
  const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: key });
  return client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
}

async function undefinedIfMissing<T>(
  bucket: string,
  key: string,
  request: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (isMissingKey(error)) return undefined;
    throw new StorageError("GetObject", `s3://${bucket}/${key}`, error);
  }
}
