import type { InputCheck } from "./input-check.ts";

export const reflection: InputCheck = {
  code: "reflection",
  message:
    "A part of the retina is burnt out, by a reflection or too much light. " +
    "Change the distance or the angle of the camera and take it again.",
  fails: ({ burnt_out_share }, limits) => burnt_out_share > limits.burnt_out_share[1],
};
