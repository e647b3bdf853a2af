/** Bucket and key of `s3://bucket/key`; the key may be empty. Undefined for any other kind of address. */
export function parseS3Address(address: string): { bucket: string; key: string } | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(address) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}
