import { createHash, createHmac } from "node:crypto";
import type { AwsCredentials } from "../settings/aws-credentials.ts";

export interface UnsignedRequest {
  method: string;
  /** Each segment encoded by `encodeSegment`. */
  path: string;
  /** Names in lower case; `host` among them. All are signed. */
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export interface Signing {
  credentials: AwsCredentials;
  /** `s3`, `firehose`, `sns`. */
  service: string;
  region: string;
  /** Milliseconds since 1970; AWS refuses a request whose time is more than 15 minutes off its own clock. */
  nowMs: number;
}

/**
 * The headers of a request to AWS, with those of Signature Version 4 added.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signRequest(request: UnsignedRequest, { credentials, service, region, nowMs }: Signing) {
  const time = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const bodyHash = hashOf(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-content-sha256": bodyHash,
    "x-amz-date": time,
    ...(credentials.sessionToken !== undefined && { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("");
  const canonical = [request.method, request.path, "", lines, names.join(";"), bodyHash].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, hashOf(canonical)].join("\n");
  const signature = createHmac(
    "sha256",
    deriveSigningKey(credentials.secretAccessKey, day, region, service),
  ).update(text);
  headers.authorization =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope},` +
    `SignedHeaders=${names.join(";")},Signature=${signature.digest("hex")}`;
  return headers;
}

/** Encodes a segment of a path as AWS requires it: everything except letters, digits and `-._~`. */
export const encodeSegment = (segment: string): string =>
  encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

let derived: { from: string; key: Buffer } | undefined;

/** The key that signs for one service on one day (`20261128`). The last one is kept, because most are asked for again. */
export function deriveSigningKey(secret: string, day: string, region: string, service: string): Buffer {
  const from = `${secret} ${day} ${region} ${service}`;
  if (derived?.from !== from) {
    const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(
      (key, part) => createHmac("sha256", key).update(part).digest(),
      `AWS4${secret}`,
    );
    derived = { from, key: key as Buffer };
  }
  return derived.key;
}

const hashOf = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
