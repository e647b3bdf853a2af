import * as z from "zod";
import { numberBetween } from "./types.ts";

/** Limits on what a caller may send, checked before anything is decoded. */
export const uploadSettings = z
  .object({
    /** Bytes of one photograph. */
    MAX_UPLOAD_SIZE: numberBetween(1024, 100 * 1024 * 1024, 10 * 1024 * 1024),
    /** Width x height, from the header. */
    MAX_IMAGE_PIXELS: numberBetween(1, 400_000_000, 100_000_000),
  })
  .transform((v) => ({ maxUploadBytes: v.MAX_UPLOAD_SIZE, maxImagePixels: v.MAX_IMAGE_PIXELS }));
export type UploadSettings = z.output<typeof uploadSettings>;
