import { setTimeout as sleep } from "node:timers/promises";
import type { AwsCredentials } from "../settings/aws-credentials.ts";
import type { S3ClientOptions } from "./s3-client.ts";
import { defaultTimeoutMs, type RequestOptions, type ResolveCredentials } from "./s3-connection.ts";
import { S3RefusalError, sendPut } from "./send-put.ts";
import { encodeSegment, signRequest } from "./sign-request.ts";
import { StorageError } from "./storage-error.ts";

export interface PutObjectOptions extends RequestOptions {
  contentType?: string;
  /** Write only if no object has this key. */
  ifAbsent?: boolean;
  /** Write only over the object that has this ETag. */
  ifMatch?: string;
}

const maximumAttempts = 3;
const firstPauseMs = 50;
/** S3's clock minus ours, once S3 has refused a request for it. */
let clockOffsetMs = 0;

/**
 * Writes an object with a request of our own: every answer waits for one, and the SDK takes four times the processor time.
 * Keys and signature are renewed for each attempt.
 *
 * @returns the new object's ETag, or undefined when a condition did not hold and nothing was written
 */
export async function putObject(
  server: S3ClientOptions,
  resolveCredentials: ResolveCredentials,
  bucket: string,
  key: string,
  body: string | Uint8Array,
  options: PutObjectOptions,
): Promise<string | undefined> {
  const { ifAbsent, ifMatch, timeoutMs = defaultTimeoutMs } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  let mustRenew = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const credentials = await resolveCredentials({ mustRenew });
      const { etag } = await sendPut({
        ...signPut(server, credentials, bucket, key, body, options),
        body,
        signal,
      });
      return etag ?? "";
    } catch (error) {
      if ((ifAbsent || ifMatch !== undefined) && isUnmetCondition(error)) return undefined;
      mustRenew = isExpired(error);
      if (attempt === maximumAttempts || signal.aborted || !(mustRenew || isPassing(error))) {
        throw new StorageError("PutObject", `s3://${bucket}/${key}`, error);
      }
      await sleep(firstPauseMs * 2 ** (attempt - 1) * Math.random());
    }
  }
}

function signPut(
  server: S3ClientOptions,
  credentials: AwsCredentials,
  bucket: string,
  key: string,
  body: string | Uint8Array,
  { contentType, ifAbsent, ifMatch }: PutObjectOptions,
) {
  const { url, path } = locate(server, bucket, key);
  const headers = {
    host: url.host,
    "content-length": String(Buffer.byteLength(body)),
    ...(contentType !== undefined && { "content-type": contentType }),
    ...(ifAbsent && { "if-none-match": "*" }),
    ...(ifMatch !== undefined && { "if-match": ifMatch }),
  };
  const signing = { credentials, region: server.region, nowMs: Date.now() + clockOffsetMs };
  return { server: url, path, headers: signRequest({ method: "PUT", path, headers, body }, signing) };
}

/** Buckets are part of AWS's host name, unless they have a dot, which its certificate does not cover; elsewhere, of the path. */
function locate({ region, endpoint }: S3ClientOptions, bucket: string, key: string) {
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const isHost = endpoint === undefined && !bucket.includes(".");
  const url = new URL(endpoint ?? `https://${isHost ? `${bucket}.` : ""}s3.${region}.${domain}`);
  const segments = [...(isHost ? [] : [bucket]), ...key.split("/")].map(encodeSegment);
  return { url, path: `${url.pathname.replace(/\/$/, "")}/${segments.join("/")}` };
}

function isUnmetCondition(error: unknown): boolean {
  if (!(error instanceof S3RefusalError)) return false;
  // 409: another conditional write of the same key was under way and won.
  return error.status === 412 || error.status === 409 || error.name === "NoSuchKey";
}

const isExpired = (error: unknown) =>
  error instanceof S3RefusalError &&
  ["ExpiredToken", "InvalidToken", "TokenRefreshRequired"].includes(error.name);

/** Whether the same request may succeed a moment later: the connection broke, S3 is overloaded, or our clock was wrong. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof S3RefusalError)) return true;
  if (error.name !== "RequestTimeTooSkewed") return error.status >= 500 || error.status === 429;
  if (Number.isNaN(error.dateMs)) return false;
  clockOffsetMs = error.dateMs - Date.now();
  return true;
}
