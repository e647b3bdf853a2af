import { expect, it } from "vitest";
import { expectOneClass } from "../../../shared/evaluation/expect-one-class.ts";

const version = "Version 7 of eyes";

it("a version that names one class is judged by photographs with one class each", () => {
  expect(() => expectOneClass(version, { multi_label: false })).not.toThrow();
});

it("a version of which several classes can be true is refused with the reason", () => {
  expect(() => expectOneClass(version, { multi_label: true })).toThrow(
    /^Version 7 of eyes cannot be judged by photographs with one class each.*does not say that the others are absent/,
  );
});
