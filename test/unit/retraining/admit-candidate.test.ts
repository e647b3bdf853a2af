import { expect, it } from "vitest";
import { placeOf } from "../../../shared/retraining/admit-candidate.ts";

it.each([
  ["passed", false, "challenger"],
  ["passed", true, "production"],
  ["incomplete", false, "challenger"],
  ["incomplete", true, "challenger"],
  ["failed", false, "none"],
  ["failed", true, "none"],
] as const)(
  "a candidate that the gate calls %s, with RETRAINING_PROMOTE=%s: %s",
  (verdict, promotes, place) => {
    expect(placeOf(verdict, promotes)).toBe(place);
  },
);
