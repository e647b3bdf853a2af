import type { S3ClientOptions } from "./s3-client.ts";
import { encodeSegment } from "./sign-request.ts";

/**
 * Where requests for an object go. On AWS the bucket is part of the host name, unless it contains a dot, which AWS's
 * certificate does not cover; otherwise it is part of the path.
 */
export function locateObject({ region, endpoint }: S3ClientOptions, bucket: string, key: string) {
  const isHost = endpoint === undefined && !bucket.includes(".");
  const server = new URL(
    endpoint ?? `https://${isHost ? `${bucket}.` : ""}s3.${region}.${awsDomain(region)}`,
  );
  const segments = [...(isHost ? [] : [bucket]), ...key.split("/")].map(encodeSegment);
  return {
    service: "s3",
    region,
    server,
    path: `${server.pathname.replace(/\/$/, "")}/${segments.join("/")}`,
  };
}

export const awsDomain = (region: string) =>
  region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
