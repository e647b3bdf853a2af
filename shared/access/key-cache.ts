import { type Pause, remainingMs } from "../resilience/pause.ts";
import type { Log } from "../schemas/log.ts";
import type { StoredKey } from "./api-key.ts";

/** How long a revoked key may still be accepted. */
const keepMs = 30_000;

/**
 * Reads the keys at most twice per minute. While S3 fails, those read last stay valid, so that callers are still
 * answered.
 *
 * @returns a function that rejects when S3 fails and the keys have never been read
 */
export function createKeyCache(options: {
  read(): Promise<StoredKey[]>;
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
}): () => Promise<StoredKey[]> {
  const { read, log, now } = options;
  let keys: StoredKey[] | undefined;
  let kept: Pause | undefined;

  return async () => {
    if (keys !== undefined && kept !== undefined && remainingMs(kept, now()) > 0) return keys;
    try {
      keys = await read();
    } catch (error) {
      if (keys === undefined) throw error;
      log.warn("The keys cannot be read; the ones that were read earlier stay in use", { error });
    }
    kept = { startedMs: now(), lengthMs: keepMs };
    return keys;
  };
}
