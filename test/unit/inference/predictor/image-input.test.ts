import { describe, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import {
  arrangePixels,
  readImageInput,
  shapeOfInput,
} from "../../../../shared/inference/predictor/image-input.ts";

describe("readImageInput", () => {
  test.each([
    [[null, 208, 208, 3], { layout: "channels_last", height: 208, width: 208 }],
    [[1, 3, 224, 192], { layout: "channels_first", height: 224, width: 192 }],
    [[null, 3, 3, 8], { layout: "channels_first", height: 3, width: 8 }],
  ])("reads %j", (shape, expected) => {
    expect(readImageInput({ name: "image", shape })).toEqual(expected);
  });

  test("takes declared sizes where the graph leaves them open", () => {
    const declared = { height: 10, width: 20 };
    expect(readImageInput({ name: "image", shape: [null, null, null, 3] }, declared)).toMatchObject(declared);
  });

  test.each<[string, (number | null)[], string]>([
    ["an open size", [null, null, 8, 3], "leaves its size open"],
    ["one channel", [null, 8, 8, 1], "[N, height, width, 3]"],
    ["channels at both ends", [null, 3, 8, 3], "[N, height, width, 3]"],
    ["no image", [null, 192], "[N, height, width, 3]"],
    ["one channel", [null, 8, 8, 1], "in Keras for grey values"],
    ["no batch", [3, 48, 64], "image [3, 48, 64]; it lacks the axis of the batch: export it with one"],
    ["no batch, colours last", [48, 64, 3], "it lacks the axis of the batch"],
    ["channels at both ends", [null, 3, 48, 3], "both its second and its last axis may be the colours"],
    ["every axis open", [null, null, null, null], "the axis of the colours is open: export it with 3 there"],
    ["a batch of 32", [32, 8, 8, 3], "takes 32 images at once"],
  ])("refuses %s", (_, shape, reason) => {
    const reading = () => readImageInput({ name: "image", shape });
    expect(reading).toThrow(ModelError);
    expect(reading).toThrow(reason);
  });
});

test("pixels are given as they are, or plane by plane", () => {
  const pixels = { data: Float32Array.of(1, 2, 3, 4, 5, 6), height: 1, width: 2 };
  const last = { layout: "channels_last", height: 1, width: 2 } as const;
  const first = { layout: "channels_first", height: 1, width: 2 } as const;
  expect(arrangePixels(pixels, last)).toBe(pixels.data);
  expect(arrangePixels(pixels, first)).toEqual(Float32Array.of(1, 4, 2, 5, 3, 6));
  expect(shapeOfInput(last)).toEqual([1, 1, 2, 3]);
  expect(shapeOfInput(first)).toEqual([1, 3, 1, 2]);
});
