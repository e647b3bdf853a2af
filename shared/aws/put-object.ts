import { expectEtag } from "./expect-etag.ts";
import { getObject } from "./get-object.ts";
import { locateObject } from "./locate-object.ts";
import type { S3ClientOptions } from "./s3-client.ts";
import { defaultTimeoutMs, type RequestOptions, type ResolveCredentials } from "./s3-connection.ts";
import { AwsRefusalError } from "./send-request.ts";
import { sendSigned } from "./send-signed.ts";
import { StorageError } from "./storage-error.ts";

export interface PutObjectOptions extends RequestOptions {
  contentType?: string;
  /** Write only if no object has this key. */
  ifAbsent?: boolean;
  /** Write only if the object that is there has this ETag. */
  ifMatch?: string;
}

/**
 * Writes an object. Without the SDK, because every prediction waits for such a request. A conditional write of which only the
 * answer was lost is refused when it is repeated; the object then tells that it was written.
 *
 * @returns the new object's ETag, or undefined when a condition did not hold and nothing was written
 */
export async function putObject(
  server: S3ClientOptions,
  resolveCredentials: ResolveCredentials,
  bucket: string,
  key: string,
  body: string | Uint8Array,
  { contentType, ifAbsent, ifMatch, timeoutMs = defaultTimeoutMs }: PutObjectOptions,
): Promise<string | undefined> {
  const headers = {
    ...(contentType !== undefined && { "content-type": contentType }),
    ...(ifAbsent && { "if-none-match": "*" }),
    ...(ifMatch !== undefined && { "if-match": ifMatch }),
  };
  const request = { ...locateObject(server, bucket, key), method: "PUT", headers, body } as const;
  let isRepeated = false;
  try {
    const response = await sendSigned(request, resolveCredentials, timeoutMs, () => {
      isRepeated = true;
    });
    return expectEtag(response.headers);
  } catch (error) {
    if (!(ifAbsent || ifMatch !== undefined) || !isUnmetCondition(error))
      throw new StorageError("PutObject", `s3://${bucket}/${key}`, error);
  }
  if (!isRepeated) return undefined;
  const present = await getObject(server, resolveCredentials, bucket, key, { timeoutMs });
  return present !== undefined && Buffer.from(body).equals(present.bytes) ? present.etag : undefined;
}

function isUnmetCondition(error: unknown): boolean {
  if (!(error instanceof AwsRefusalError)) return false;
  // 409: another conditional write of the same key was under way and won.
  return error.status === 412 || error.status === 409 || error.name === "NoSuchKey";
}
