import type { Figure } from "./figure.ts";

export const blueShare: Figure = {
  name: "blue_share",
  unit: "ratio",
  rank: 6,
  bins: { kind: "equal", width: 1 / 1024 },
  read: (record) => record.image_measures?.blue_share,
  texts: {
    en: {
      title: "Blue in the light",
      higher: "the pictures have a blue cast",
      lower: "the pictures have less blue: a colour cast",
      advice: "Look at white balance, filter and camera, and whether a program converts the colours.",
    },
    pt: {
      title: "Azul na luz",
      higher: "as imagens têm um tom azulado",
      lower: "as imagens têm menos azul: a cor mudou",
      advice: "Veja balanço de branco, filtro e câmera, e se um programa converte as cores.",
    },
  },
};
