import type { InputCheck } from "./input-check.ts";

export const discCutOff: InputCheck = {
  code: "disc_cut_off",
  message:
    "The edge of the retina is not in the picture: it was cropped or enlarged. " +
    "Send the photograph as the camera took it.",
  fails: ({ corner_share }, limits) => corner_share > limits.corner_share[1],
};
