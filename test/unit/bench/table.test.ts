import { describe, expect, test } from "vitest";
import { renderTable } from "../../bench/table.ts";

describe("renderTable", () => {
  test("aligns text to the left and numbers to the right", () => {
    const table = renderTable(
      ["who", "ms"],
      [
        ["a", 1.5],
        ["longer", 12],
      ],
    );
    expect(table.split("\n")).toEqual([
      "| who    |  ms |",
      "|--------|----:|",
      "| a      | 1.5 |",
      "| longer |  12 |",
    ]);
  });

  test.each([
    [0.01234, "0.0123"],
    [9.8765, "9.88"],
    [99.96, "100"],
    [1234.5, "1235"],
    [0, "0"],
    [Number.NaN, "–"],
    [Number.POSITIVE_INFINITY, "–"],
  ])("shows %d as %s", (value, text) => {
    expect(
      renderTable(["n"], [[value]])
        .split("\n")
        .at(-1)
        ?.replaceAll(/[| ]/g, ""),
    ).toBe(text);
  });

  test("is a heading and a rule without rows", () => {
    expect(renderTable(["a", "bc"], [])).toBe("| a | bc |\n|---|----|");
  });
});
