import type { InputCheck } from "./input-check.ts";

export const unevenLight: InputCheck = {
  code: "uneven_light",
  message:
    "One side of the retina is in shadow. " +
    "Centre the camera on the pupil, or dilate the pupil, and take it again.",
  fails: ({ evenness }, limits) => evenness < limits.evenness[0],
};
