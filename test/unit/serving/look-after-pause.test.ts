import { expect, it } from "vitest";
import { staleAfterMs } from "../../../shared/serving/look-after-pause.ts";

it.each([
  [1, 120_000],
  [60, 120_000],
  [61, 122_000],
])("with a look every %i s, one is too old to answer by after %i ms", (refreshSeconds, expected) => {
  expect(staleAfterMs({ refreshSeconds })).toBe(expected);
});
