import { describe, expect, test } from "vitest";
import { findRetinaDisc } from "../../../shared/image/retina-disc.ts";
import { decodeFile, readReference, references } from "../../support/image-references.ts";
import { blurGaussian } from "../../support/pixel-reference/gaussian-blur.ts";
import { findLargestComponent } from "../../support/pixel-reference/largest-component.ts";
import { computePercentile } from "../../support/pixel-reference/percentile.ts";

describe("findRetinaDisc", () => {
  test.each(Object.entries(references.boxes))("finds the box OpenCV finds: %s", async (name, expected) => {
    const { left, top, right, bottom } = findRetinaDisc(await decodeFile(readReference(`disc-${name}.png`)));
    expect([left, top, right, bottom]).toEqual(expected);
  });

  test("takes the whole of a picture of one pixel", () => {
    const pixel = { data: Uint8Array.of(200, 100, 50), width: 1, height: 1 };
    expect(findRetinaDisc(pixel)).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
  });
});

describe("blurGaussian", () => {
  const { plane, blurred } = references.blur;
  const height = plane.length;
  const width = plane[0]?.length ?? 0;

  test("equals cv2.GaussianBlur, borders included", () => {
    const result = blurGaussian({ data: Uint8Array.from(plane.flat()), width, height });
    blurred.flat().forEach((expected, i) => {
      expect(result[i]).toBeCloseTo(expected, 3);
    });
  });

  test.each(Object.entries(references.blur.percentiles))(
    "percentile %s equals NumPy's",
    (percent, expected) => {
      expect(computePercentile(Float32Array.from(blurred.flat()), Number(percent))).toBeCloseTo(expected, 4);
    },
  );

  test("leaves a flat picture flat, even where it is smaller than the kernel", () => {
    const flat = { data: new Uint8Array(3).fill(7), width: 3, height: 1 };
    for (const value of blurGaussian(flat)) expect(value).toBeCloseTo(7, 5);
  });
});

describe("computePercentile", () => {
  test("interpolates between ranks and takes values at both ends of the scale", () => {
    expect(computePercentile(Float32Array.of(255, 0), 25)).toBeCloseTo(63.75, 6);
    expect(computePercentile(Float32Array.of(255, 255, 255), 90)).toBe(255);
    expect(computePercentile(Float32Array.of(5), 90)).toBe(5);
  });
});

describe("findLargestComponent", () => {
  const parse = (rows: string[]) => Uint8Array.from(rows.join(""), (cell) => Number(cell === "#"));
  const find = (...rows: string[]) => {
    const mask = parse(rows);
    const component = new Uint8Array(mask.length);
    for (const { start, end } of findLargestComponent(mask, rows[0]?.length ?? 0))
      component.fill(1, start, end);
    return component;
  };

  test("joins by sides, not by corners", () => {
    expect(find("##..", "..##", "..##")).toEqual(parse(["....", "..##", "..##"]));
  });

  test("joins arms that meet only further down", () => {
    const ring = ["#.#.#", "#.#.#", "#####", ".....", "##.##"];
    expect(find(...ring)).toEqual(parse([...ring.slice(0, 4), "....."]));
  });

  test("does not join across the end of a row", () => {
    expect(find("..##", "#...", "#...")).toEqual(parse(["..##", "....", "...."]));
  });

  test("finds nothing in nothing", () => {
    expect(findLargestComponent(parse(["...", "..."]), 3)).toEqual([]);
  });
});
