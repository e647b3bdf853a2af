import type { InputCheck } from "./input-check.ts";

export const lowContrast: InputCheck = {
  code: "low_contrast",
  message:
    "The photograph has hardly any contrast. Look for haze, a dirty lens or stray light, and take it again.",
  fails: ({ contrast }, limits) => contrast < limits.contrast[0],
};
