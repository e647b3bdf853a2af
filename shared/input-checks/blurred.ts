import type { InputCheck } from "./input-check.ts";

export const blurred: InputCheck = {
  code: "blurred",
  message:
    "The photograph is blurred. Focus again, ask the patient to keep still, and clean the lens. " +
    "A clouded lens of the eye blurs it, too.",
  fails: ({ sharpness }, limits) => sharpness < limits.sharpness[0],
};
