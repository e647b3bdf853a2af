import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { parseReferenceWindow, type ReferenceWindow } from "../../shared/drift/reference/reference-window.ts";
import { findKeptReference, withoutReference } from "../../shared/drift-reference/find-kept-reference.ts";
import type { ModelSettings } from "../../shared/settings/model.ts";

export interface RulesReference {
  /** Absent when the version has none, or none that was looked for yet. */
  reference?: ReferenceWindow;
  /**
   * Whether nobody has looked for the version's reference yet: it comes from MLflow, which a caller would wait for. With the
   * registry off nobody will, and drift reports have none either.
   */
  isUnread: boolean;
}

/**
 * Finds the reference for the rules of `GET /metrics`. A malformed window is ignored here: the drift report says what is
 * wrong with it.
 *
 * @throws StorageError when S3 cannot be read
 */
export async function readKeptReference(
  location: StoreLocation,
  servingVersion: string | undefined,
  { localModelDirectory, enableRegistry }: Pick<ModelSettings, "localModelDirectory" | "enableRegistry">,
): Promise<RulesReference> {
  const kept = await findKeptReference(location, servingVersion, localModelDirectory);
  if (kept === undefined) return { isUnread: enableRegistry };
  if (kept === withoutReference) return { isUnread: false };
  try {
    const { text, source, version } = kept;
    return {
      reference: { ...parseReferenceWindow(text, source), ...(version && { version }) },
      isUnread: false,
    };
  } catch (error) {
    if (error instanceof RangeError) return { isUnread: false };
    throw error;
  }
}
