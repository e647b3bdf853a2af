import type { Figure } from "./figure.ts";

export const brightness: Figure = {
  name: "brightness",
  unit: "none",
  rank: 8,
  bins: { kind: "equal", width: 0.5 },
  read: (record) => record.image_measures?.brightness,
  texts: {
    en: {
      title: "Brightness",
      higher: "the pictures are brighter",
      lower: "the pictures are darker",
      advice: "Look at flash, exposure and camera of the newest photographs where they come from.",
    },
    pt: {
      title: "Brilho",
      higher: "as imagens estão mais claras",
      lower: "as imagens estão mais escuras",
      advice: "Veja flash, exposição e câmera das fotografias mais novas na origem.",
    },
  },
};
