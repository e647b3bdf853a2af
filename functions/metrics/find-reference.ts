import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { parseReferenceWindow, type ReferenceWindow } from "../../shared/drift/reference-window.ts";
import { findKeptReference } from "../../shared/drift-reference/find-kept-reference.ts";

/**
 * Finds the reference for the rules of `GET /metrics`. A malformed window is ignored here: the drift report says what is
 * wrong with it.
 *
 * @throws StorageError when S3 cannot be read
 */
export async function findReference(
  location: StoreLocation,
  servingVersion: string | undefined,
  localModelDirectory: string,
): Promise<ReferenceWindow | undefined> {
  const kept = await findKeptReference(location, servingVersion, localModelDirectory);
  if (kept === undefined) return undefined;
  try {
    return parseReferenceWindow(kept.text, kept.source);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
