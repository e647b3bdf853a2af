import { describe, expect, it } from "vitest";
import { computeImageMeasures } from "../../../../shared/image/measures/image-measures.ts";
import type { ModelPicture } from "../../../../shared/image/rgb-image.ts";

type Colour = readonly [number, number, number];

function paint(side: number, colourAt: (x: number, y: number) => Colour): ModelPicture {
  const data = new Float32Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) data.set(colourAt(x, y), (y * side + x) * 3);
  }
  return { data, width: side, height: side };
}

const grey = (value: number): Colour => [value, value, value];

/** A disc with a pattern of vessels; the lower `softness`, the sharper it is. */
const fundus = (side: number, softness = 1): ModelPicture =>
  paint(side, (x, y) => {
    const inside = Math.hypot(x - side / 2 + 0.5, y - side / 2 + 0.5) < side * 0.45;
    const wave = 1 + 0.3 * Math.sin(x / softness) * Math.cos(y / softness);
    return inside ? [140 * wave, 70 * wave, 30 * wave] : grey(0);
  });

describe("computeImageMeasures", () => {
  it("measures a black picture as nothing at all", () => {
    expect(computeImageMeasures(paint(64, () => grey(0)))).toEqual({
      brightness: 0,
      contrast: 0,
      sharpness: 0,
      red_share: 0.3333,
      blue_share: 0.3333,
      disc_share: 0,
      disc_roundness: 0,
    });
  });

  it("finds brightness, contrast and colour of a plain half", () => {
    const measures = computeImageMeasures(paint(100, (x) => (x < 50 ? [255, 0, 0] : grey(0))));
    expect(measures.brightness).toBeCloseTo((0.299 * 255) / 2, 3);
    expect(measures.contrast).toBeCloseTo((0.299 * 255) / 2, 3);
    expect(measures).toMatchObject({ red_share: 1, blue_share: 0, disc_share: 0.5 });
  });

  it.each([64, 256, 600])("knows a disc from a square at %d pixels", (side) => {
    const disc = computeImageMeasures(fundus(side));
    expect(disc.disc_share).toBeCloseTo(Math.PI * 0.45 ** 2, 1);
    expect(disc.disc_roundness).toBeGreaterThan(0.99);
    expect(disc.disc_roundness).toBeLessThanOrEqual(1.001);
    const square = computeImageMeasures(paint(side, () => grey(90)));
    expect(square.disc_roundness).toBeCloseTo(3 / Math.PI, 2);
  });

  it("finds a soft picture less sharp", () => {
    const sharp = computeImageMeasures(fundus(256, 1));
    const soft = computeImageMeasures(fundus(256, 4));
    expect(soft.sharpness).toBeLessThan(sharp.sharpness / 2);
    expect(soft.brightness).toBeCloseTo(sharp.brightness, 0);
  });
});
