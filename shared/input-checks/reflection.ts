import type { InputCheck } from "./input-check.ts";

export const reflection: InputCheck = {
  code: "reflection",
  message:
    "Part of the retina is overexposed, by a reflection or by too much light. " +
    "Change the distance or the angle of the camera and take it again.",
  fails: ({ burnt_out_share }, limits) => burnt_out_share > limits.burnt_out_share[1],
};
