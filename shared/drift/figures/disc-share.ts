import type { Figure } from "./figure.ts";

export const discShare: Figure = {
  name: "disc_share",
  unit: "ratio",
  rank: 6,
  bins: { kind: "equal", width: 1 / 1024 },
  read: (record) => record.image_measures?.disc_share,
  texts: {
    en: {
      title: "Size of the disc",
      higher: "the retina fills more of the picture: another camera or crop",
      lower: "the retina fills less of the picture: another camera frame or a black border",
      advice:
        "Compare size and frame of a new photograph with an old one: another camera, or a program that crops or pads.",
    },
    pt: {
      title: "Tamanho do disco",
      higher: "a retina ocupa mais da imagem: outra câmera ou corte",
      lower: "a retina ocupa menos da imagem: outra moldura ou borda preta",
      advice:
        "Compare tamanho e moldura de uma fotografia nova com uma antiga: outra câmera, ou um programa que corta ou preenche.",
    },
  },
};
