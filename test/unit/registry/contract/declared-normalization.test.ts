import { expect, it } from "vitest";
import {
  readChannels,
  readPreset,
  readRange,
} from "../../../../shared/registry/contract/declared-normalization.ts";

it.each([
  ["0,1", [0, 1]],
  ["[-1, 1]", [-1, 1]],
  ["( -1 , 1 )", [-1, 1]],
  ["0..255", [0, 255]],
  ["0-1", [0, 1]],
  ["-1--0.5", [-1, -0.5]],
  ["-1 to 1", [-1, 1]],
  ["0 255", [0, 255]],
  ["[0. 1.]", [0, 1]],
  [".5,1.25", [0.5, 1.25]],
  ["-.5,12.75", [-0.5, 12.75]],
  [" 0,1 ", [0, 1]],
])("the range %j is %j", (written, expected) => {
  expect(readRange(written)).toEqual(expected);
});

it.each(["0", "0,1,2", "from 0 to 1", "0,1 (float)", "0;1", "a,b", "0,", "1e3,2"])(
  "the range %j is no range, and stays as it is for the message",
  (written) => {
    expect(readRange(written)).toBe(written);
  },
);

it("a range that is a list stays one", () => {
  expect(readRange([0, 1])).toEqual([0, 1]);
});

it.each([
  [0.5, [0.5, 0.5, 0.5]],
  ["0.485, 0.456, 0.406", [0.485, 0.456, 0.406]],
  ["[0.485 0.456  0.406]", [0.485, 0.456, 0.406]],
  ["(1,2,3)", [1, 2, 3]],
  [["0.485 0.456 0.406"], [0.485, 0.456, 0.406]],
  [
    [1, 2, 3],
    [1, 2, 3],
  ],
  [
    ["1", "2"],
    ["1", "2"],
  ],
  [[1], [1]],
  [null, null],
])("the channels %j are %j", (written, expected) => {
  expect(readChannels(written)).toEqual(expected);
});

it("a preset is known whatever its capitals, and an unknown one is refused with what there is", () => {
  expect(readPreset("ImageNet", "tags")).toBe(readPreset("imagenet", "tags"));
  expect(() => readPreset("z-score", "tags")).toThrow(
    /^tags: normalization: Expected one of imagenet, .* but received z-score; write others as value_range, mean, std and channel_order$/,
  );
});
