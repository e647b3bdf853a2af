import { expect, it } from "vitest";
import { cutWindows } from "../../../../scripts/drift/replay-windows.ts";

it("ends the last window with the newest record, and leaves the oldest over", () => {
  const records = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(cutWindows(records, 3)).toEqual([
    [3, 4, 5],
    [6, 7, 8],
  ]);
  expect(cutWindows(records, 4)).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  expect(cutWindows(records, 9)).toEqual([]);
});
