import { createHash } from "node:crypto";
import { ModelError } from "../../errors/model-error.ts";

/** Tag of a version with the hash of its weights; `npm run register` writes it. */
export const weightsHashTag = "sha256";

/**
 * The hash of a version's weights: the SHA-256 of a single file; of several files (a SavedModel, or ONNX with external
 * data) the SHA-256 of what `sha256sum` prints for them, ordered by path.
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

/** Paths relative to the folder of the weights: a SavedModel itself, or the folder of a weights file. */
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
