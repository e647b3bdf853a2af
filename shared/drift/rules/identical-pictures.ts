import type { ComparedRecord } from "../figures/figure.ts";
import type { DriftRule } from "./drift-rule.ts";

/** The same picture has the same measures to the last decimal; two photographs practically never do. */
export const fingerprintOf = ({ image_measures: measures }: ComparedRecord) =>
  measures === undefined ? undefined : Object.values(measures).join(" ");

/** One picture is sent again and again: a program that repeats itself, a camera that has stopped. */
export const identicalPictures: DriftRule = {
  name: "identical_pictures",
  unit: "ratio",
  direction: "above",
  rank: 9,
  needs: "image_measures",
  readThreshold: (thresholds) => thresholds.maximumUnusableRatio,
  compute: ({ pictures }) => pictures.mostRepeated / pictures.measured,
  texts: {
    en: {
      title: "Identical pictures",
      measures: "share of the picture sent most often",
      happened: "the same picture comes again and again",
      advice:
        "Look at the program that sends the photographs: it repeats one file, or retries what was answered long ago. " +
        "The request ids in the prediction records say when it began.",
    },
    pt: {
      title: "Imagens idênticas",
      measures: "proporção da imagem enviada mais vezes",
      happened: "a mesma imagem chega repetidas vezes",
      advice:
        "Verifique o programa que envia as fotografias: ele repete um arquivo, ou reenvia o que já foi respondido. Os " +
        "request ids nos registros dizem quando começou.",
    },
  },
};
