import { describe, expect, it } from "vitest";
import { checkPhotograph, inputChecks } from "../../../shared/input-checks/check-photograph.ts";
import type { PhotographMeasures } from "../../../shared/schemas/photograph-measures.ts";
import { type WarningCode, warningCodes } from "../../../shared/schemas/prediction.ts";

/** The medians of 4,774 fundus photographs of ten sources. */
const typical: PhotographMeasures = {
  disc_share: 0.8,
  disc_width: 1,
  disc_height: 1,
  disc_aspect: 1,
  disc_roundness: 0.97,
  corner_share: 0,
  brightness: 79,
  red_less_blue: 0.36,
  red_less_green: 0.22,
  blue_share: 0.17,
  red_spread: 0.06,
  blue_spread: 0.03,
  texture: 0.03,
  entropy_bits: 4.36,
  contrast: 0.28,
  sharpness: 0.7,
  burnt_out_share: 0,
  evenness: 0.64,
};
const codesOf = (changed: Partial<PhotographMeasures>) =>
  checkPhotograph({ ...typical, ...changed }).map(({ code }) => code);

it("finds nothing wrong with a typical photograph", () => expect(codesOf({})).toEqual([]));

const faults: [code: WarningCode, changed: Partial<PhotographMeasures>][] = [
  ["not_a_fundus_photograph", { disc_roundness: 0.5 }],
  ["not_a_fundus_photograph", { disc_aspect: 2 }],
  ["not_a_fundus_photograph", { red_less_blue: 0 }],
  ["not_a_fundus_photograph", { red_spread: 0.001 }],
  ["too_dark", { brightness: 15 }],
  ["too_bright", { brightness: 220 }],
  ["blurred", { sharpness: 0.3 }],
  ["disc_cut_off", { corner_share: 0.9 }],
  ["reflection", { burnt_out_share: 0.2 }],
  ["low_contrast", { contrast: 0.03 }],
  ["uneven_light", { evenness: 0.05 }],
];

describe("names what is wrong", () => {
  it.each(faults)("%s for %j", (code, changed) => expect(codesOf(changed)).toEqual([code]));

  it("with a case here for every reason, and a check for every reason of the contract", () => {
    expect(new Set(faults.map(([code]) => code))).toEqual(new Set(warningCodes));
    expect(inputChecks.map(({ code }) => code).sort()).toEqual([...warningCodes].sort());
  });

  it("the gravest first, each with something to do", () => {
    const warnings = checkPhotograph({ ...typical, brightness: 5, disc_roundness: 0.1, contrast: 0 });
    expect(warnings.map(({ code }) => code)).toEqual(["not_a_fundus_photograph", "too_dark", "low_contrast"]);
    for (const { message } of warnings) expect(message).toMatch(/Check|take it again/);
  });
});

it("says nothing of the light on a disc that is not there", () => {
  expect(codesOf({ disc_share: 0, sharpness: 0, contrast: 0, evenness: 0, brightness: 0 })).toEqual([
    "not_a_fundus_photograph",
    "too_dark",
  ]);
});

it("takes the limits that a model version declares", () => {
  expect(checkPhotograph(typical, { brightness: [100, 200] }).map(({ code }) => code)).toEqual(["too_dark"]);
  expect(checkPhotograph({ ...typical, sharpness: 0.3 }, { sharpness: [0.2, 1] })).toEqual([]);
});
