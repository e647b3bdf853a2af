import type { StoreLocation } from "../aws/store-location.ts";
import { readHeader } from "../drift/reference/reference-window.ts";

const keyIn = (prefix: string) => `${prefix}drift-reference/window.jsonl`;

/**
 * The past window that somebody has named as the usual one.
 *
 * @returns its JSON lines and where they come from; undefined when none is named
 * @throws StorageError when S3 cannot be read
 */
export async function readNamedReference({
  store,
  bucket,
  prefix,
}: StoreLocation): Promise<{ text: string; source: string } | undefined> {
  const object = await store.getObject(bucket, keyIn(prefix));
  if (object === undefined) return undefined;
  const text = new TextDecoder().decode(object.bytes);
  return { text, source: readHeader(text)?.source ?? `s3://${bucket}/${keyIn(prefix)}` };
}

/** @returns the address of the window, `s3://bucket/key` */
export async function writeNamedReference(
  { store, bucket, prefix }: StoreLocation,
  lines: string,
  source: string,
): Promise<string> {
  // The first line is not a prediction; readers of the window skip it.
  const header = JSON.stringify({ kind: "reference_window", source });
  await store.putObject(bucket, keyIn(prefix), `${header}\n${lines}`, {
    contentType: "application/x-ndjson",
  });
  return `s3://${bucket}/${keyIn(prefix)}`;
}

/** @returns whether there was one */
export async function removeNamedReference({ store, bucket, prefix }: StoreLocation): Promise<boolean> {
  const key = keyIn(prefix);
  if ((await store.getObject(bucket, key)) === undefined) return false;
  await store.deleteObjects(bucket, [key]);
  return true;
}
