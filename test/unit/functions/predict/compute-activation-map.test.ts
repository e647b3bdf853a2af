import { expect, test } from "vitest";
import { computeActivationMap } from "../../../../functions/predict/compute-activation-map.ts";

/** Two places, three classes each. */
const classMap = { data: Float32Array.of(4, 1, 1, 0, 3, 0), height: 1, width: 2 };

test.each([
  ["gains over the mean of the classes", 0, false, [1, 0]],
  ["the other place speaks for another class", 1, false, [0, 1]],
  ["a class alone where each stands alone", 2, true, [1, 0]],
])("%s", (_, position, isMultiLabel, expected) => {
  const map = computeActivationMap(classMap, position, isMultiLabel);
  expect([...map.data]).toEqual(expected);
  expect(map).toMatchObject({ height: 1, width: 2 });
});

test("one logit speaks for the second class, and its negative for the first", () => {
  const one = { data: Float32Array.of(2, -4, 1), height: 3, width: 1 };
  expect([...computeActivationMap(one, 1, false).data]).toEqual([1, 0, 0.5]);
  expect([...computeActivationMap(one, 0, false).data]).toEqual([0, 1, 0]);
});

test("where nothing speaks for a class the map is 0", () => {
  const against = { data: Float32Array.of(-1, -2), height: 1, width: 2 };
  expect([...computeActivationMap(against, 1, false).data]).toEqual([0, 0]);
});
