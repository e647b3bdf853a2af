import type { ComparedRecord } from "../figures/figure.ts";
import { isDark } from "./dark-pictures.ts";
import type { DriftRule } from "./drift-rule.ts";

/** Standard deviation of luma below which a picture is one colour; the border of a fundus photograph alone gives more. */
const plainContrast = 4;

export const isPlain = (record: ComparedRecord): boolean =>
  record.image_measures?.contrast !== undefined &&
  record.image_measures.contrast < plainContrast &&
  !isDark(record);

/** White, grey or otherwise plain pictures; black ones are `dark_pictures`. */
export const plainPictures: DriftRule = {
  name: "plain_pictures",
  unit: "ratio",
  direction: "above",
  rank: 10,
  needs: "image_measures",
  readThreshold: (thresholds) => thresholds.maximumUnusableRatio,
  compute: ({ pictures }) => pictures.plain / pictures.measured,
  texts: {
    en: {
      title: "Plain pictures",
      measures: "pictures of one colour, with nothing in them",
      happened: "many pictures are one plain colour",
      advice:
        "Open some of the newest photographs where they come from: an overexposed or covered lens, or a program that " +
        "sends empty pictures.",
    },
    pt: {
      title: "Imagens lisas",
      measures: "imagens de uma só cor, sem conteúdo",
      happened: "muitas imagens têm uma só cor",
      advice:
        "Abra algumas das fotografias mais novas na origem: lente superexposta ou coberta, ou um programa que envia " +
        "imagens vazias.",
    },
  },
};
