import type { InputCheck } from "./input-check.ts";

export const tooDark: InputCheck = {
  code: "too_dark",
  message: "The photograph is too dark. Raise the flash or the gain, or dilate the pupil, and take it again.",
  fails: ({ brightness }, limits) => brightness < limits.brightness[0],
};
