import type { InputCheck } from "./input-check.ts";

export const tooBright: InputCheck = {
  code: "too_bright",
  message: "The photograph is too bright. Lower the flash or the gain and take it again.",
  fails: ({ brightness }, limits) => brightness > limits.brightness[1],
};
