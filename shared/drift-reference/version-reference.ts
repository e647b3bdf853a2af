import type { StoreLocation } from "../aws/store-location.ts";

/** A version of the registry. */
export interface NamedVersion {
  name: string;
  version: string;
}

const keyOf = ({ prefix }: StoreLocation, { name, version }: NamedVersion) =>
  `${prefix}drift-reference/versions/${encodeURIComponent(name)}/${version}.jsonl`;

/**
 * The reference window of a version. It is kept beside the inference log, because a version's files never change and
 * MLflow may be down.
 *
 * @returns its text, empty when the drift job has found none; undefined when it has not looked yet
 * @throws StorageError when S3 cannot be read
 */
export async function readVersionReference(
  location: StoreLocation,
  version: NamedVersion,
): Promise<string | undefined> {
  const kept = await location.store.getObject(location.bucket, keyOf(location, version));
  return kept && new TextDecoder().decode(kept.bytes);
}

/** @param text empty when the version has none, as far as is known */
export async function keepVersionReference(
  location: StoreLocation,
  version: NamedVersion,
  text: string,
): Promise<void> {
  await location.store.putObject(location.bucket, keyOf(location, version), text, {
    contentType: "application/x-ndjson",
  });
}
