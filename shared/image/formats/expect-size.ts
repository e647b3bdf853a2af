import { RequestError } from "../../errors/request-error.ts";

/** @throws RequestError `invalid_image` for a picture of no pixels, or of more than `maximumPixels` */
export function expectSize(width: number, height: number, maximumPixels: number): void {
  const pixels = width * height;
  if (pixels > 0 && pixels <= maximumPixels) return;
  throw new RequestError(
    "invalid_image",
    `Expected a photograph of 1 to ${maximumPixels} pixels but received ${width} x ${height}`,
  );
}
