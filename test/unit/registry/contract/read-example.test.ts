import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readExampleRange } from "../../../../shared/registry/contract/read-example.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "read-example-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["of an array", "[[[[0, 12.5], [255, 3]]]]", [0, 255]],
  ["under inputs", '{"inputs": {"image": [[-1, 1]]}}', [-1, 1]],
  ["of one number", "[7]", [7, 7]],
  ["beside texts and nulls", '[null, "999", 4, 5]', [4, 5]],
  ["without numbers", '{"inputs": ["a", null]}', undefined],
  ["that is cut off", "[[1, 2", undefined],
])("the range of values of an example %s", async (_, text, expected) => {
  const file = join(folder, "input_example.json");
  writeFileSync(file, text);
  expect(await readExampleRange(file)).toEqual(expected);
});

test("is not known where there is no file", async () => {
  expect(await readExampleRange(join(folder, "none.json"))).toBeUndefined();
});
