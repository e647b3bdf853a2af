import { expect, it } from "vitest";
import { reduceImage } from "../../../shared/image/measures/reduce-image.ts";
import { resizedSize } from "../../../shared/image/preprocessing/center-crop.ts";

it.each([
  ["a portrait", { width: 300, height: 400 }, { width: 256, height: 341 }],
  ["a landscape", { width: 400, height: 300 }, { width: 341, height: 256 }],
  ["a square", { width: 300, height: 300 }, { width: 256, height: 256 }],
])("the shorter side of %s is resized, and the longer in proportion", (_, size, expected) => {
  expect(resizedSize(size, 256)).toEqual(expected);
});

it.each([
  ["twice as many", 100, 60, { width: 50, height: 30 }],
  ["twice as many in a portrait", 60, 100, { width: 30, height: 50 }],
  ["three times as many", 100, 90, { width: 33, height: 30 }],
  ["fewer than twice as many", 100, 59, { width: 100, height: 59 }],
])("a picture keeps 30 pixels on its shorter side at least: %s", (_, width, height, expected) => {
  const { data: _data, ...size } = reduceImage(
    { width, height, data: new Uint8Array(width * height * 3) },
    30,
  );
  expect(size).toEqual(expected);
});
