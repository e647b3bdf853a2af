import { type ConnectToS3, defaultTimeoutMs, isMissingKey, type RequestOptions } from "./s3-connection.ts";
import { StorageError } from "./storage-error.ts";

export interface PutObjectOptions extends RequestOptions {
  contentType?: string;
  /** Write only if no object has this key. */
  ifAbsent?: boolean;
  /** Write only over the object that has this ETag. */
  ifMatch?: string;
}

/** Returns the new object's ETag, or undefined when a condition did not hold and nothing was written. */
export async function putObject(
  connect: ConnectToS3,
  bucket: string,
  key: string,
  body: string | Uint8Array,
  options: PutObjectOptions,
): Promise<string | undefined> {
  const { contentType, ifAbsent, ifMatch, timeoutMs = defaultTimeoutMs } = options;
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
}

function isUnmetCondition(error: unknown): boolean {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata;
  const status = metadata?.httpStatusCode;
  // 409: another conditional write of the same key was under way and won.
  return status === 412 || status === 409 || isMissingKey(error);
}
