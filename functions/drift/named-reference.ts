import * as z from "zod";
import type { StoreLocation } from "../../shared/aws/store-location.ts";

const headerSchema = z.object({ kind: z.literal("reference_window"), source: z.string() });

const keyIn = (prefix: string) => `${prefix}drift-reference/window.jsonl`;

/**
 * The past window that somebody has named as usual.
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
  const header = headerSchema.safeParse(parseJson(text.slice(0, text.indexOf("\n"))));
  return { text, source: header.data?.source ?? `s3://${bucket}/${keyIn(prefix)}` };
}

/** @returns the address */
export async function writeNamedReference(
  { store, bucket, prefix }: StoreLocation,
  lines: string,
  source: string,
): Promise<string> {
  // The first line is no prediction: who reads the window passes over it.
  const header = JSON.stringify({ kind: "reference_window", source });
  await store.putObject(bucket, keyIn(prefix), `${header}\n${lines}`, {
    contentType: "application/x-ndjson",
  });
  return `s3://${bucket}/${keyIn(prefix)}`;
}

export async function removeNamedReference({ store, bucket, prefix }: StoreLocation): Promise<void> {
  await store.deleteObjects(bucket, [keyIn(prefix)]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
