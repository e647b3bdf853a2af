import { awsDomain } from "./locate-object.ts";
import type { S3ClientOptions } from "./s3-client.ts";

/** Address at which a browser reaches a bucket. */
export function bucketAddress({ region, endpoint }: S3ClientOptions, bucket: string): string {
  if (endpoint !== undefined) return `${endpoint.replace(/\/$/, "")}/${bucket}`;
  return `https://${bucket}.s3.${region}.${awsDomain(region)}`;
}
