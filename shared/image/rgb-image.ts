/** Upright 8-bit RGB pixels: channel `c` of pixel (x, y) is `data[(y * width + x) * 3 + c]`. */
export interface RgbImage {
  data: Uint8Array;
  width: number;
  height: number;
}

/** A picture of a model's size: RGB, 0..255, as in `RgbImage`; only a resize that does not smooth leaves fractions. */
export interface ModelPicture {
  data: Uint8Array | Float32Array;
  width: number;
  height: number;
}

/** A rectangle of pixels: left and top included, right and bottom excluded. */
export interface BoundingBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const boxWidth = (box: BoundingBox): number => box.right - box.left;
export const boxHeight = (box: BoundingBox): number => box.bottom - box.top;

/** Copies the pixels inside `box`, which must lie within the image. */
export function cropImage(image: RgbImage, box: BoundingBox): RgbImage {
  const width = boxWidth(box);
  const height = boxHeight(box);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((box.top + y) * image.width + box.left) * 3;
    data.set(image.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { data, width, height };
}
