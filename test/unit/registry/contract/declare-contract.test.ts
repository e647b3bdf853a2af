import { expect, test } from "vitest";
import {
  contractFromShape,
  joinDeclarations,
} from "../../../../shared/registry/contract/declare-contract.ts";

test("the first place that has a field wins, also for each part of the input", () => {
  const joined = joinDeclarations([
    { place: "model-contract.json", contract: { labels: ["a", "b"], input: { value_range: [0, 1] } } },
    { place: "version tags", contract: { labels: ["x", "y"], temperature: 2 } },
    { place: "signature", contract: { input: { height: 8, width: 9, channels: 3 } } },
  ]);

  expect(joined.declared).toEqual({
    labels: ["a", "b"],
    temperature: 2,
    input: { height: 8, width: 9, channels: 3, value_range: [0, 1] },
  });
  expect(joined.declaredBy).toEqual({
    labels: "model-contract.json",
    temperature: "version tags",
    "input.value_range": "model-contract.json",
    "input.height": "signature",
    "input.width": "signature",
    "input.channels": "signature",
  });
});

test("nothing declared is an empty contract", () => {
  expect(joinDeclarations([])).toEqual({ declared: {}, declaredBy: {} });
});

test.each([
  [[-1, 208, 224, 3], { height: 208, width: 224, channels: 3 }],
  [[-1, 3, 208, 224], { height: 208, width: 224, channels: 3 }],
])("a signature's shape %j gives the input size", (shape, input) => {
  expect(contractFromShape(shape)).toEqual({ input });
});

test.each([[undefined], [[-1, 4]], [[-1, -1, -1, 3]], [[-1, 208, 208, 1]]])(
  "shape %j says nothing",
  (shape) => {
    expect(contractFromShape(shape)).toEqual({});
  },
);

test.each([
  [[-1, 3, 224, 3], { height: 3, width: 224, channels: 3 }],
  [[8, 208, 224, 3], { height: 208, width: 224, channels: 3 }],
  [[-1, 1, 1, 3], { height: 1, width: 1, channels: 3 }],
])("the last axis holds the channels of %j, if it can", (shape, input) => {
  expect(contractFromShape(shape)).toEqual({ input });
});

test.each([
  [[-1, 208, 0, 3]],
  [[-1, -1, 208, 3]],
  [[-1, 208, -1, 3]],
  [[-1, 3, -1, 208]],
  [[208, 208, 3]],
  [[-1, 1, 208, 208, 3]],
  [[-1, 1, 208, 208]],
  [[-1, 4, 208, 208]],
])("shape %j says nothing, as half a size would", (shape) => {
  expect(contractFromShape(shape)).toEqual({});
});
