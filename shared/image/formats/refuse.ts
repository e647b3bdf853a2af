import { RequestError } from "../../errors/request-error.ts";

const acceptedFormats = "a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM photograph";

/** The error for a file that is something else: "Expected a JPEG, ... photograph but received WHAT". */
export const refuse = (what: string): RequestError =>
  new RequestError("invalid_image", `Expected ${acceptedFormats} but received ${what}`);

/** The error for a file of an accepted format that does not hold every pixel it promises. */
export const refuseDamaged = (format: string, reason: string, cause?: unknown): RequestError =>
  new RequestError(
    "invalid_image",
    `Expected a whole photograph but this ${format} cannot be decoded: ${reason}`,
    {
      cause,
    },
  );
