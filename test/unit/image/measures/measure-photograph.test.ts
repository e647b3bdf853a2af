import { describe, expect, it } from "vitest";
import { measurePhotograph } from "../../../../shared/image/measures/measure-photograph.ts";
import type { RgbImage } from "../../../../shared/image/rgb-image.ts";
import { photographMeasuresSchema } from "../../../../shared/schemas/photograph-measures.ts";

type Rgb = [red: number, green: number, blue: number];

function paint(width: number, colourAt: (x: number, y: number) => Rgb, height = width): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colourAt(x, y).map(clamp), (y * width + x) * 3);
  return { data, width, height };
}
const clamp = (value: number) => Math.min(255, Math.max(0, Math.round(value)));

/** A retina as a child would draw it: an orange disc on black, with darker stripes for vessels. */
function drawRetina(
  side = 256,
  change: (colour: Rgb, x: number, y: number) => Rgb = (colour) => colour,
): RgbImage {
  return paint(side, (x, y) => {
    const [across, down] = [(2 * x) / side - 1, (2 * y) / side - 1];
    if (across ** 2 + down ** 2 > 0.94) return [0, 0, 0];
    const vessel = Math.sin(across * 25 + down * 6) > 0.9 ? 0.6 : 1;
    return change([170, 85 * vessel, 40 * vessel], across, down);
  });
}

const retina = measurePhotograph(drawRetina());

it("measures a disc on black", () => {
  expect(photographMeasuresSchema.parse(retina)).toEqual(retina);
  expect(retina.disc_share).toBeCloseTo((Math.PI / 4) * 0.94, 1);
  expect(retina.disc_roundness).toBeGreaterThan(0.95);
  expect(retina.corner_share).toBe(0);
  expect(retina.red_less_blue).toBeCloseTo((170 - 38) / (170 + 81 + 38), 1);
  expect(retina.red_less_green).toBeCloseTo((170 - 81) / (170 + 81 + 38), 1);
  expect(retina.blue_share).toBeCloseTo(38 / (170 + 81 + 38), 1);
  expect(retina.burnt_out_share).toBe(0);
});

it("measures how much the colours differ from place to place", () => {
  const halves = measurePhotograph(drawRetina(256, (_, x) => (x < 0 ? [170, 85, 40] : [100, 150, 60])));
  // With 20 added to each sum; of two equal halves the standard deviation is half their difference.
  expect(halves.red_spread).toBeCloseTo((170 / 315 - 100 / 330) / 2, 1);
  expect(halves.blue_spread).toBeCloseTo((60 / 330 - 40 / 315) / 2, 1);
  const one = measurePhotograph(drawRetina(256, () => [170, 85, 40]));
  expect(one.red_spread).toBeLessThan(halves.red_spread);
});

describe("sees what is wrong with it:", () => {
  it("darkness", () => {
    const dark = measurePhotograph(drawRetina(256, (colour) => colour.map((value) => value / 5) as Rgb));
    expect(dark.brightness).toBeLessThan(retina.brightness / 4);
  });

  it("a blur", () => {
    const sharp = drawRetina();
    const blurred = paint(sharp.width, (x, y) => meanAround(sharp, x, y, 6));
    expect(measurePhotograph(blurred).sharpness).toBeLessThan(retina.sharpness - 0.2);
  });

  it("a burnt out part", () => {
    const flash = drawRetina(256, (colour, x, y) => (x ** 2 + y ** 2 < 0.25 ? [255, 255, 240] : colour));
    expect(measurePhotograph(flash).burnt_out_share).toBeCloseTo(0.25 / 0.94, 1);
  });

  it("a shadow on one side", () => {
    const shadowed = drawRetina(256, (colour, x) => (x > 0.3 ? (colour.map((v) => v / 4) as Rgb) : colour));
    expect(measurePhotograph(shadowed).evenness).toBeLessThan(retina.evenness / 2);
  });

  it("a second eye beside it", () => {
    const one = drawRetina();
    const both = { ...one, width: 512, data: new Uint8Array(2 * one.data.length) };
    for (let y = 0; y < 256; y++)
      for (const x of [0, 256]) both.data.set(one.data.subarray(y * 768, (y + 1) * 768), (y * 512 + x) * 3);
    expect(retina.disc_aspect).toBeCloseTo(1, 1);
    expect(measurePhotograph(both).disc_aspect).toBeCloseTo(2, 1);
  });

  it("no blur in a halo of stray light", () => {
    const halo = drawRetina(256, (colour, x, y) => {
      const light = 200 * Math.max(0, Math.hypot(x, y) - 0.5);
      return x < 0 ? (colour.map((value, channel) => value / 2 + channel * light) as Rgb) : colour;
    });
    expect(measurePhotograph(halo).sharpness).toBeGreaterThan(retina.sharpness - 0.1);
  });

  it("a crop of its middle", () => {
    const cropped = paint(128, (x, y) => pixel(drawn, x + 64, y + 64));
    expect(measurePhotograph(cropped).corner_share).toBe(1);
  });
  const drawn = drawRetina();
});

it("gives much the same for the same photograph in another size", () => {
  const large = measurePhotograph(drawRetina(700));
  for (const name of ["disc_share", "disc_roundness", "red_less_blue", "contrast", "evenness"] as const)
    expect(large[name]).toBeCloseTo(retina[name], 1);
});

it.each([
  ["a square", 256, 256],
  ["a landscape", 480, 256],
  ["a portrait", 256, 480],
])("sees that a round disc fills the shorter side of %s", (_, width, height) => {
  const [left, top] = [(width - 256) / 2, (height - 256) / 2];
  const drawn = drawRetina();
  const isInside = (x: number, y: number) => x >= left && x < left + 256 && y >= top && y < top + 256;
  const framed = paint(
    width,
    (x, y) => (isInside(x, y) ? pixel(drawn, x - left, y - top) : [0, 0, 0]),
    height,
  );
  const measures = measurePhotograph(framed);
  expect(measures.disc_height).toBeCloseTo(retina.disc_height, 1);
  expect(measures.disc_aspect).toBeCloseTo(1, 1);
});

it.each([
  ["black", [0, 0, 0]],
  ["white", [255, 255, 255]],
] as [string, Rgb][])("finds no disc in a %s picture", (_, colour) => {
  const measures = measurePhotograph(paint(64, () => colour));
  expect(photographMeasuresSchema.parse(measures)).toMatchObject({ disc_share: 0, brightness: colour[0] });
});

it("takes a picture of one pixel", () => {
  const measures = measurePhotograph({ data: Uint8Array.of(200, 100, 50), width: 1, height: 1 });
  expect(photographMeasuresSchema.safeParse(measures).success).toBe(true);
});

function pixel({ data, width }: RgbImage, x: number, y: number): Rgb {
  const at = (y * width + x) * 3;
  return [data[at] as number, data[at + 1] as number, data[at + 2] as number];
}

function meanAround(image: RgbImage, x: number, y: number, reach: number): Rgb {
  const sums: Rgb = [0, 0, 0];
  let pixels = 0;
  for (let row = Math.max(0, y - reach); row <= Math.min(image.height - 1, y + reach); row++)
    for (
      let column = Math.max(0, x - reach);
      column <= Math.min(image.width - 1, x + reach);
      column++, pixels++
    )
      for (const [channel, value] of pixel(image, column, row).entries())
        sums[channel] = (sums[channel] ?? 0) + value;
  return sums.map((sum) => sum / pixels) as Rgb;
}
