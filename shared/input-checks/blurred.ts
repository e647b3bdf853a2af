import type { InputCheck } from "./input-check.ts";

export const blurred: InputCheck = {
  code: "blurred",
  message:
    "The photograph is blurred. Focus again, ask the patient to keep still, and clean the lens. " +
    "A clouded lens in the eye also blurs it.",
  fails: ({ sharpness }, limits) => sharpness < limits.sharpness[0],
};
