import { RequestError } from "../errors/request-error.ts";
import { ServiceError } from "../errors/service-error.ts";
import type { Log } from "../schemas/log.ts";
import type { ObjectStore, ObjectStream } from "./object-store.ts";
import { StorageError } from "./storage-error.ts";

/** Photographs that wait in the bucket of uploads until they are answered. */
export interface StoredUploads {
  /**
   * The photograph's bytes, exactly as uploaded.
   *
   * @throws RequestError 404 when there is none under this id, 413 when it is too large
   * @throws ServiceError 503 when S3 fails or is too slow; the photograph stays for another try
   * @throws StorageError when S3 refuses the request, which it would again
   */
  fetch(uploadId: string): Promise<Uint8Array>;
  /** Deletes the photograph. Never rejects: one that cannot be deleted expires (the template says when). */
  discard(uploadId: string): Promise<void>;
}

const fetchTimeoutMs = 10_000;
const discardTimeoutMs = 2_000;

/** Key of an upload. `uploadId` must be a UUID, so that a caller can name no other key. */
export const uploadKey = (uploadId: string): string => `photographs/${uploadId}`;

export function createStoredUploads(options: {
  store: Pick<ObjectStore, "openObject" | "deleteObjects">;
  bucket: string | undefined;
  maxBytes: number;
  log: Log;
}): StoredUploads {
  const { store, bucket, maxBytes, log } = options;
  return {
    async fetch(uploadId) {
      const object =
        bucket === undefined
          ? undefined
          : await store
              .openObject(bucket, uploadKey(uploadId), { timeoutMs: fetchTimeoutMs })
              .catch(refuseUnread);
      if (object === undefined) {
        throw new RequestError(
          "upload_not_found",
          `Expected the id of an uploaded photograph that has not been answered yet but received ${uploadId}: ask POST /uploads for a new one`,
        );
      }
      const bytes = await readAtMost(object, maxBytes).catch(refuseUnread);
      if (bytes === undefined) {
        throw new RequestError(
          "payload_too_large",
          `Expected at most ${maxBytes} bytes but received ${object.sizeBytes ?? "more"}`,
        );
      }
      return bytes;
    },

    async discard(uploadId) {
      try {
        if (bucket !== undefined) {
          await store.deleteObjects(bucket, [uploadKey(uploadId)], { timeoutMs: discardTimeoutMs });
        }
      } catch (error) {
        log.warn("An answered upload could not be deleted; it expires by itself", { error });
      }
    },
  };
}

/** Undefined when the photograph is larger. A server that compresses or sends in chunks does not say its size beforehand. */
async function readAtMost(
  { body, sizeBytes = 0 }: ObjectStream,
  maxBytes: number,
): Promise<Buffer | undefined> {
  if (sizeBytes > maxBytes) {
    body.destroy();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let receivedBytes = 0;
  for await (const chunk of body) {
    receivedBytes += chunk.length;
    if (receivedBytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, receivedBytes);
}

/** The timeout of a request ends its body too, with an error of the socket: both failures are refused alike. */
function refuseUnread(cause: unknown): never {
  if (cause instanceof StorageError && cause.isRefusal) throw cause;
  throw new ServiceError(
    "upload_unreadable",
    "The uploaded photograph could not be read in time: send its upload_id again",
    { status: 503, cause },
  );
}
