import * as z from "zod";
import { numberBetween } from "./types.ts";

/** Photographs too large for a request wait in a bucket of their own. */
export const storedUploadSettings = z
  .object({
    UPLOAD_BUCKET: z.string().optional(),
    /** Bytes of one photograph in that bucket. */
    MAX_STORED_UPLOAD_SIZE: numberBetween(1024, 100 * 1024 * 1024, 50 * 1024 * 1024),
  })
  .transform((v) => ({ bucket: v.UPLOAD_BUCKET, maxBytes: v.MAX_STORED_UPLOAD_SIZE }));
