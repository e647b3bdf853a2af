import type { Figure } from "./figure.ts";

export const discRoundness: Figure = {
  name: "disc_roundness",
  unit: "ratio",
  rank: 6,
  bins: { kind: "equal", width: 1 / 1024 },
  read: (record) => record.image_measures?.disc_roundness,
  texts: {
    en: {
      title: "Roundness of the disc",
      higher: "the visible retina is rounder: another camera frame",
      lower: "the visible retina is less round: another camera frame or a cut picture",
      advice:
        "Compare the frame of a new photograph with an old one: another camera, or a program that crops.",
    },
    pt: {
      title: "Redondeza do disco",
      higher: "a retina visível está mais redonda: outra moldura",
      lower: "a retina visível está menos redonda: outra moldura ou imagem cortada",
      advice:
        "Compare a moldura de uma fotografia nova com a de uma antiga: outra câmera, ou um programa que corta.",
    },
  },
};
