import type { Figure } from "./figure.ts";

export const sharpness: Figure = {
  name: "sharpness",
  unit: "none",
  rank: 7,
  bins: { kind: "growing", factor: 1.02 },
  read: (record) => record.image_measures?.sharpness,
  texts: {
    en: {
      title: "Sharpness",
      higher: "the pictures are sharper or noisier",
      lower: "the pictures are blurred",
      advice:
        "Look at the focus, a dirty lens, and whether files are now scaled or compressed before they are sent.",
    },
    pt: {
      title: "Nitidez",
      higher: "as imagens estão mais nítidas ou com mais ruído",
      lower: "as imagens estão desfocadas",
      advice:
        "Veja o foco, a lente, e se os arquivos passaram a ser reduzidos ou comprimidos antes do envio.",
    },
  },
};
