import { createHash } from "node:crypto";
import { ModelError } from "../errors/model-error.ts";

/** Tag of a version that holds the hash of its weights, written when it is registered from here. */
export const weightsHashTag = "sha256";

/**
 * The hash of a version's weights: of one file its SHA-256; of several, a SavedModel's or those of ONNX with external data, the SHA-256 of what
 * `sha256sum` prints of them, ordered by path.
 *
 * @param hashes hexadecimal SHA-256 by path, relative to the folder of the weights
 */
export function combineHashes(hashes: ReadonlyMap<string, string>): string {
  const [only] = hashes.values();
  if (only !== undefined && hashes.size === 1) return only;
  const lines = [...hashes]
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([path, sha256]) => `${sha256}  ${path}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** Paths as they lie in the folder of the weights: a SavedModel's own, or that of an ONNX file. */
export function relativeToWeights(paths: readonly string[], weightsPath: string): string[] {
  const isFolder = paths.some((path) => path.startsWith(`${weightsPath}/`));
  const folder = isFolder ? weightsPath : weightsPath.split("/").slice(0, -1).join("/");
  return paths.map((path) => (folder === "" ? path : path.slice(folder.length + 1)));
}

/** @throws ModelError when the weights are not those that were registered */
export function assertHash(
  hashes: ReadonlyMap<string, string>,
  expected: string | undefined,
  address: string,
): void {
  if (expected === undefined) return;
  const received = combineHashes(hashes);
  if (received === expected) return;
  const of = hashes.size === 1 ? "" : ` of its ${hashes.size} files`;
  throw new ModelError(`${address}: Expected SHA-256 ${expected}${of} but received ${received}`);
}
