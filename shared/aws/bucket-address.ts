import type { S3ClientOptions } from "./s3-client.ts";

/** Where a browser reaches a bucket. */
export function bucketAddress({ region, endpoint }: S3ClientOptions, bucket: string): string {
  if (endpoint !== undefined) return `${endpoint.replace(/\/$/, "")}/${bucket}`;
  return `https://${bucket}.s3.${region}.${region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com"}`;
}
