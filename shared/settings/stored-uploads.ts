import * as z from "zod";
import { httpAddress, numberBetween } from "./types.ts";

/** Photographs too large for a request wait in a bucket of their own. */
export const storedUploadSettings = z
  .object({
    UPLOAD_BUCKET: z.string().optional(),
    /** Where callers reach the bucket's server; absent: where this service reaches it. */
    UPLOAD_ENDPOINT_URL: httpAddress.optional(),
    /** Bytes of one photograph in that bucket. */
    MAX_STORED_UPLOAD_SIZE: numberBetween(1024, 100 * 1024 * 1024, 50 * 1024 * 1024),
  })
  .transform((v) => ({
    bucket: v.UPLOAD_BUCKET,
    callersEndpoint: v.UPLOAD_ENDPOINT_URL,
    maxBytes: v.MAX_STORED_UPLOAD_SIZE,
  }));
