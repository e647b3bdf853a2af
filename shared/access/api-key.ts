import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import * as z from "zod";

/** What is kept of a caller's key: its hash, never the key. A caller has two keys while one replaces the other. */
export const storedKeySchema = z.object({
  name: z.string(),
  /** The part of the key that may be shown and logged. */
  id: z.string(),
  /** Hash of the whole key, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  /** Default: KEY_REQUESTS_PER_SECOND. */
  requests_per_second: z.number().positive().optional(),
});
/**
 * When a revoked key ends: past on every clock. Its entry stays for a while, so that a file from which every key was revoked
 * is not taken for one that was lost.
 */
export const revokedAt = new Date(0).toISOString();
export type StoredKey = z.infer<typeof storedKeySchema>;

export interface NewKey {
  name: string;
  nowMs: number;
  expiresAtMs: number;
  requestsPerSecond?: number | undefined;
}

/**
 * Creates a key of 256 random bits. A plain hash of it is enough: such keys are in no dictionary.
 *
 * @returns the key itself, which cannot be shown again, and what is kept of it
 */
export function createKey({ name, nowMs, expiresAtMs, requestsPerSecond }: NewKey): {
  text: string;
  stored: StoredKey;
} {
  const id = randomBytes(4).toString("hex");
  const text = `fundus_${id}_${randomBytes(32).toString("base64url")}`;
  const stored: StoredKey = {
    name,
    id,
    sha256: hash(text).toString("hex"),
    created_at: new Date(nowMs).toISOString(),
    expires_at: new Date(expiresAtMs).toISOString(),
    ...(requestsPerSecond !== undefined && { requests_per_second: requestsPerSecond }),
  };
  return { text, stored };
}

/**
 * The key that a caller presents, if it is known and has not expired. The time it takes tells nothing about the keys:
 * every hash is compared, in constant time.
 */
export function findKey(keys: readonly StoredKey[], text: string, nowMs: number): StoredKey | undefined {
  const presented = hash(text);
  let found: StoredKey | undefined;
  for (const key of keys) {
    if (timingSafeEqual(Buffer.from(key.sha256, "hex"), presented)) found = key;
  }
  return found !== undefined && nowMs < Date.parse(found.expires_at) ? found : undefined;
}

const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
