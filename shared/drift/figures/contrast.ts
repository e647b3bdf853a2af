import type { Figure } from "./figure.ts";

export const contrast: Figure = {
  name: "contrast",
  unit: "none",
  rank: 5,
  bins: { kind: "equal", width: 0.25 },
  read: (record) => record.image_measures?.contrast,
  texts: {
    en: {
      title: "Contrast",
      higher: "the pictures have more contrast",
      lower: "the pictures have less contrast",
      advice: "Look for haze, a dirty lens, overexposure, or another camera or viewer program.",
    },
    pt: {
      title: "Contraste",
      higher: "as imagens têm mais contraste",
      lower: "as imagens têm menos contraste",
      advice: "Procure névoa, lente suja, superexposição, ou outra câmera ou programa.",
    },
  },
};
