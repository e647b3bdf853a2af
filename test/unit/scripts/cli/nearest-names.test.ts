import { expect, test } from "vitest";
import { findNearestNames } from "../../../../scripts/cli/nearest-names.mjs";

const names = ["models", "promote", "label", "labels", "test", "test:integration", "log"];

test.each([
  ["modles", ["models"]],
  ["promot", ["promote"]],
  ["lables", ["label", "labels"]],
  ["integration", ["test:integration"]],
  ["test", ["test", "test:integration"]],
  ["foo", []],
  ["", []],
])("nearest to %s", (word, nearest) => expect(findNearestNames(word, names)).toEqual(nearest));
