import { type ConnectToS3, defaultTimeoutMs, type RequestOptions } from "./s3-connection.ts";
import { StorageError } from "./storage-error.ts";

/** Most keys that one request accepts. */
const maximumKeys = 1_000;

/** Deletes any number of objects; keys that do not exist count as deleted. */
export async function deleteObjects(
  connect: ConnectToS3,
  bucket: string,
  keys: readonly string[],
  options: RequestOptions,
): Promise<void> {
  for (let start = 0; start < keys.length; start += maximumKeys) {
    await deletePage(connect, bucket, keys.slice(start, start + maximumKeys), options);
  }
}

async function deletePage(
  connect: ConnectToS3,
  bucket: string,
  keys: readonly string[],
  { timeoutMs = defaultTimeoutMs }: RequestOptions,
): Promise<void> {
  try {
    const { sdk, client } = await connect();
    const command = new sdk.DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Objects: keys.map((key) => ({ Key: key })), Quiet: true },
    });
    const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
    const refused = answer.Errors?.[0];
    if (refused !== undefined) throw new Error(`${refused.Key}: ${refused.Code} ${refused.Message}`);
  } catch (error) {
    throw new StorageError("DeleteObjects", `s3://${bucket}/${keys[0]} and ${keys.length - 1} more`, error);
  }
}
