import { expect, test } from "vitest";
import { UsageError } from "../../../../scripts/cli/parse-command-line.mjs";
import { parseOnePointer, parsePointers } from "../../../../scripts/registry/parse-pointer.ts";

const settings = { stage: "Production", alias: undefined };

test("moves what decides which version serves, unless another is named", () => {
  expect(parseOnePointer({}, settings)).toEqual({ stage: "Production" });
  expect(parseOnePointer({}, { ...settings, alias: "champion" })).toEqual({ alias: "champion" });
  expect(parseOnePointer({ stage: "staging" }, settings)).toEqual({ stage: "Staging" });
  expect(parseOnePointer({ alias: "challenger" }, settings)).toEqual({ alias: "challenger" });
});

test("takes a stage and an alias at once where both may move", () => {
  expect(parsePointers({ stage: "Production", alias: "a-1_b" })).toEqual([
    { stage: "Production" },
    { alias: "a-1_b" },
  ]);
  expect(() => parseOnePointer({ stage: "Staging", alias: "a" }, settings)).toThrow("received both");
});

test.each(["prod", "Archived", "None", ""])("refuses %j as a stage to move", (stage) => {
  expect(() => parsePointers({ stage })).toThrow(UsageError);
  expect(() => parsePointers({ stage })).toThrow(
    `Expected Production or Staging for --stage but received ${stage}`,
  );
});

test("names the setting when the stage comes from there", () => {
  expect(() => parseOnePointer({}, { ...settings, stage: "prod" })).toThrow(
    "for MODEL_STAGE but received prod",
  );
});

test.each(["latest", "Latest", "v1", "V23", "a b", "a/b", "ü", ""])("refuses %j as an alias", (alias) => {
  expect(() => parsePointers({ alias })).toThrow(UsageError);
});

test.each(["latest-good", "v", "v1a", "champion"])("takes %j as an alias", (alias) => {
  expect(parsePointers({ alias })).toEqual([{ alias }]);
});
