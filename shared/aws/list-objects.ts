import { type ConnectToS3, defaultTimeoutMs, type RequestOptions } from "./s3-connection.ts";
import { StorageError } from "./storage-error.ts";

/** Most keys on one page of a listing. */
const maximumPageSize = 1_000;

export interface ListedObject {
  key: string;
  sizeBytes: number;
  lastModifiedMs: number;
  /** Differs from that of whatever else was at the key. */
  etag: string;
}

export interface ListObjectsOptions extends RequestOptions {
  prefix: string;
  /** List only keys that sort after this text, which need not be a key. */
  startAfter?: string | undefined;
}

export interface ListedPage {
  objects: ListedObject[];
  /** Asks for the page that follows; undefined on the last. */
  continuationToken: string | undefined;
}

/** One page of at most 1,000 objects, in the order of their keys. */
export async function listPage(
  connect: ConnectToS3,
  bucket: string,
  { prefix, startAfter, timeoutMs = defaultTimeoutMs }: ListObjectsOptions,
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
    const response = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
    // S3 always says whether more follows; a proxy that answers 200 in its place does not.
    if (response.IsTruncated === undefined)
      throw new Error("expected a listing but received another response with status 200");
    const objects = (response.Contents ?? []).map((object) => ({
      key: object.Key ?? "",
      sizeBytes: object.Size ?? 0,
      lastModifiedMs: object.LastModified?.getTime() ?? 0,
      etag: object.ETag ?? "",
    }));
    return { objects, continuationToken: response.IsTruncated ? response.NextContinuationToken : undefined };
  } catch (error) {
    throw new StorageError("ListObjectsV2", `s3://${bucket}/${prefix}`, error);
  }
}

/** Every object under a prefix, in the order of their keys, one page per request. */
export async function* listObjects(
  connect: ConnectToS3,
  bucket: string,
  options: ListObjectsOptions,
): AsyncGenerator<ListedObject> {
  let continuationToken: string | undefined;
  do {
    const page = await listPage(connect, bucket, options, continuationToken);
    yield* page.objects;
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined);
}
