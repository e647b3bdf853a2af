import type { DriftRule } from "./drift-rule.ts";
import { shareOfDecision } from "./shares.ts";

/** Photographs for which the input checks say that no answer can be relied on. */
export const ungradablePictures: DriftRule = {
  name: "ungradable_pictures",
  unit: "ratio",
  direction: "above",
  rank: 8,
  needs: "decision",
  readThreshold: (thresholds) => thresholds.maximumUngradableRatio,
  compute: ({ decisions }) => shareOfDecision(decisions, "ungradable"),
  texts: {
    en: {
      title: "Ungradable pictures",
      measures: "pictures that the input checks call ungradable",
      happened: "many pictures cannot be graded",
      advice:
        "See which warning comes most often in the newest records (field warnings: blurred, too_dark, not_a_fundus_photograph) " +
        "and look there: the camera, the person who takes the pictures, or a program that sends other files.",
    },
    pt: {
      title: "Imagens não avaliáveis",
      measures: "imagens que a verificação de entrada recusa avaliar",
      happened: "muitas imagens não podem ser avaliadas",
      advice:
        "Veja qual aviso é mais frequente nos registros novos (campo warnings: blurred, too_dark, not_a_fundus_photograph) e " +
        "procure ali: a câmera, quem tira as fotografias, ou um programa que envia outros arquivos.",
    },
  },
};
