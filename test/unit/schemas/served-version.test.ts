import { expect, test } from "vitest";
import {
  parseServedVersion,
  renderServedVersion,
  type ServedVersion,
} from "../../../shared/schemas/served-version.ts";

const served: ServedVersion = {
  name: "dr grades (v2)",
  version: "3",
  foundBy: "@champion",
  engine: "onnx",
  sinceMs: Date.parse("2026-11-25T10:00:00.123Z"),
};

test("is read by people and by this program", () => {
  const tag = renderServedVersion(served);
  expect(tag).toEqual({
    key: "serving_since.2026-11-25T10:00:00.123Z",
    value: "dr grades (v2) version 3 (@champion) on onnx",
  });
  expect(parseServedVersion(tag.key, tag.value)).toEqual(served);
});

test.each([
  ["project", "m version 3 (Production) on onnx"],
  ["serving_since.yesterday", "m version 3 (Production) on onnx"],
  ["serving_since.2026-11-25T10:00:00.123Z", "something else"],
])("leaves %s: %s", (key, value) => {
  expect(parseServedVersion(key, value)).toBeUndefined();
});
