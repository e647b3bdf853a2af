import type { Figure } from "./figure.ts";

export const redShare: Figure = {
  name: "red_share",
  unit: "ratio",
  rank: 6,
  bins: { kind: "equal", width: 1 / 1024 },
  read: (record) => record.image_measures?.red_share,
  texts: {
    en: {
      title: "Red in the light",
      higher: "the pictures have a red cast",
      lower: "the pictures have less red: a colour cast",
      advice: "Look at white balance, filter and camera, and whether a program converts the colours.",
    },
    pt: {
      title: "Vermelho na luz",
      higher: "as imagens têm um tom avermelhado",
      lower: "as imagens têm menos vermelho: a cor mudou",
      advice: "Veja balanço de branco, filtro e câmera, e se um programa converte as cores.",
    },
  },
};
