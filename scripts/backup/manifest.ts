import * as z from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What objects belong to; which bucket that is, the settings say, so that a backup can go to other buckets. */
export const objectOwners = ["artifacts", "inference-log"] as const;
export type ObjectOwner = (typeof objectOwners)[number];

/**
 * `manifest.json` of a backup. Every file of the backup is named by the SHA-256 of its bytes, so that no key of an object
 * becomes a path, equal files are kept once, and a restore can tell a damaged one.
 */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** When the databases were read: everything they name is in the backup. */
  created_at: z.iso.datetime(),
  service_version: z.string(),
  databases: z.array(z.object({ name: z.string().regex(/^[a-z_][a-z0-9_]*$/), sha256 })),
  objects: z.array(
    z.object({
      owner: z.enum(objectOwners),
      /** Without the prefix that the settings give. */
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
