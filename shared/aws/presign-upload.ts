import { createHmac } from "node:crypto";
import { bucketAddress } from "./bucket-address.ts";
import type { S3ClientOptions } from "./s3-client.ts";
import { createCredentialsProvider, createS3Connection } from "./s3-connection.ts";
import { deriveSigningKey } from "./sign-request.ts";

export interface PresignOptions {
  bucket: string;
  key: string;
  maxBytes: number;
  expiresInSeconds: number;
  /** Milliseconds since 1970. */
  nowMs: number;
}

/**
 * A form that anybody who has it may post to S3, repeatedly, until it expires: these fields, then the file in `file`.
 */
export interface PresignedUpload {
  url: string;
  fields: Record<string, string>;
  expiresAtMs: number;
}

/**
 * Signs a form with which a browser sends one file to one key; S3 itself refuses a file of more than `maxBytes`. A
 * presigned address for PUT could not limit the size.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export async function presignUpload(s3: S3ClientOptions, options: PresignOptions): Promise<PresignedUpload> {
  const resolveCredentials = createCredentialsProvider(createS3Connection(s3));
  const { accessKeyId, secretAccessKey, sessionToken } = await resolveCredentials({ mustRenew: false });
  const expiresAtMs = options.nowMs + options.expiresInSeconds * 1_000;
  const timestamp = new Date(options.nowMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const date = timestamp.slice(0, 8);
  const signed = {
    key: options.key,
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": `${accessKeyId}/${date}/${s3.region}/s3/aws4_request`,
    "x-amz-date": timestamp,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const policy = renderPolicy(signed, options, expiresAtMs);
  const signingKey = deriveSigningKey(secretAccessKey, date, s3.region, "s3");
  const signature = createHmac("sha256", signingKey).update(policy).digest("hex");
  return {
    url: bucketAddress(s3, options.bucket),
    fields: { ...signed, policy, "x-amz-signature": signature },
    expiresAtMs,
  };
}

function renderPolicy(
  signed: Record<string, string>,
  { bucket, maxBytes }: PresignOptions,
  expiresAtMs: number,
): string {
  const conditions = [
    { bucket },
    ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
    ["content-length-range", 1, maxBytes],
  ];
  return Buffer.from(
    JSON.stringify({ expiration: new Date(expiresAtMs).toISOString(), conditions }),
  ).toString("base64");
}
