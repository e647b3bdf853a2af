import { expect, test } from "vitest";
import { checkFeatures } from "../../../shared/input-checks/check-features.ts";

const blurred = { code: "blurred" as const, message: "Focus again." };

test.each([
  ["near enough", [], 2.9, 3, []],
  ["at the limit", [], 3, 3, []],
  ["too far", [], 3.1, 3, ["not_a_fundus_photograph"]],
  ["too far, with a reason that says more", [blurred], 3.1, 3, ["blurred"]],
  ["of a version without a limit", [], 99, undefined, []],
  ["of a graph without features", [], undefined, 3, []],
])("%s", (_, warnings, distance, limit, codes) => {
  expect(checkFeatures(warnings, distance, limit).map(({ code }) => code)).toEqual(codes);
});
