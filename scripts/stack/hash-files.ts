import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** SHA-256 of what the files contain, one after the other, in hexadecimal. Their names do not count. */
export function hashFiles(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}
