import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scores } from "../../../shared/drift/compare-windows.ts";
import { listFigures } from "../../../shared/drift/figures/figures.ts";
import { allRules } from "../../../shared/drift/rules/drift-rules.ts";

const documented = new Set(readFileSync("docs/drift.md", "utf8").match(/\w+/g));

test.each([
  ["statistic", scores],
  ["figure", listFigures([])],
  ["rule", allRules],
])("docs/drift.md names every %s", (_, all) => {
  expect(all.map(({ name }) => name).filter((name) => !documented.has(name))).toEqual([]);
});
