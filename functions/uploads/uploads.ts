import { randomUUID } from "node:crypto";
import type { PresignedUpload, PresignOptions } from "../../shared/aws/presign-upload.ts";
import { uploadKey } from "../../shared/aws/stored-uploads.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import { jsonResponse, type Route } from "../../shared/http/http-message.ts";
import type { Upload } from "../../shared/schemas/upload.ts";

/** Long enough to send 50 MB over a slow connection. */
const expiresInSeconds = 900;

export interface UploadsDependencies {
  bucket: string | undefined;
  maxBytes: number;
  presign(options: PresignOptions): Promise<PresignedUpload>;
  createId?: () => string;
  now?: () => number;
}

/** `POST /uploads`: gives a place for one photograph that is too large for a request. */
export function createUploads(dependencies: UploadsDependencies): Route {
  const { bucket, maxBytes, presign, createId = randomUUID, now = Date.now } = dependencies;

  return async () => {
    if (bucket === undefined) {
      throw new ServiceError(
        "uploads_unavailable",
        "This service has no bucket for uploads (UPLOAD_BUCKET).",
        {
          status: 503,
        },
      );
    }
    const uploadId = createId();
    const presigned = await presign({
      bucket,
      key: uploadKey(uploadId),
      maxBytes,
      expiresInSeconds,
      nowMs: now(),
    });
    const upload: Upload = {
      upload_id: uploadId,
      url: presigned.url,
      fields: presigned.fields,
      max_bytes: maxBytes,
      expires_at: new Date(presigned.expiresAtMs).toISOString(),
    };
    return jsonResponse(upload, { statusCode: 201 });
  };
}
