import type { PhotographMeasures } from "../schemas/photograph-measures.ts";
import type { InputCheck } from "./input-check.ts";
import { isWithin } from "./measure-limits.ts";

/** Measures that tell a retina from anything else; the others say how good a picture of it is. */
const shapeColourAndTexture: readonly (keyof PhotographMeasures)[] = [
  "disc_share",
  "disc_width",
  "disc_height",
  "disc_aspect",
  "disc_roundness",
  "red_less_blue",
  "red_less_green",
  "blue_share",
  "red_spread",
  "blue_spread",
  "texture",
  "entropy_bits",
];

export const notAFundusPhotograph: InputCheck = {
  code: "not_a_fundus_photograph",
  message:
    "This does not look like a photograph of the back of an eye: expected a bright, round, reddish retina that fills the " +
    "picture. Check that the right file was chosen, and that it shows one eye alone.",
  fails: (measures, limits) => shapeColourAndTexture.some((name) => !isWithin(measures[name], limits[name])),
};
