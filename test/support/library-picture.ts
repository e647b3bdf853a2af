import type { RgbImage } from "../../shared/image/rgb-image.ts";

/** The picture of test/fixtures/image/make-library-references.py, 53 x 37, or its upper left corner. */
export function createLibraryPicture({ width = 53, height = 37 } = {}): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const c = index % 3;
    const x = Math.floor(index / 3) % width;
    const y = Math.floor(index / 3 / width);
    return (x * 7 + y * 13 + c * 29 + ((x * y) % 17) * 5) % 256;
  });
  return { data, width, height };
}
