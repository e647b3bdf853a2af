/** Bucket and key of `s3://bucket/key`, the key perhaps empty; undefined when the address is of another kind. */
export function parseS3Address(address: string): { bucket: string; key: string } | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(address) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}
