import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import * as z from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What objects belong to. The settings say which bucket that is, so that a backup can be restored to other buckets. */
export const objectOwners = ["artifacts", "inference-log"] as const;
export type ObjectOwner = (typeof objectOwners)[number];

/**
 * `manifest.json` of a backup. Every other file of the backup is named by the SHA-256 of its bytes, so that no object key
 * becomes a path, equal files are kept once, and a restore recognises a damaged one.
 */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** When the backup began; the databases were read right after it. */
  created_at: z.iso.datetime(),
  service_version: z.string(),
  databases: z.array(z.object({ name: z.string().regex(/^[a-z_][a-z0-9_]*$/), sha256 })),
  objects: z.array(
    z.object({
      owner: z.enum(objectOwners),
      /** Without the prefix from the settings. */
      key: z.string().min(1),
      sha256,
      size_bytes: z.number().nonnegative(),
      content_type: z.string().optional(),
    }),
  ),
});
export type Manifest = z.output<typeof manifestSchema>;
export type BackedUpObject = Manifest["objects"][number];

export const manifestFile = "manifest.json";

/** SHA-256 of a file of any size, in hexadecimal. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}
