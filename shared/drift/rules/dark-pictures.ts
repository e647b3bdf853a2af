import type { ComparedRecord } from "../figures/figure.ts";
import type { DriftRule } from "./drift-rule.ts";

/** Mean luma, 0..255, below which nothing can be seen: a fundus photograph has 30 or more, its black border included. */
const darkestBrightness = 10;

export const isDark = ({ image_measures: measures }: ComparedRecord): boolean =>
  measures?.brightness !== undefined && measures.brightness < darkestBrightness;

/** Black pictures: a lens cap, a failed flash, a file that was filled with zeros. */
export const darkPictures: DriftRule = {
  name: "dark_pictures",
  unit: "ratio",
  direction: "above",
  rank: 11,
  needs: "image_measures",
  readThreshold: (thresholds) => thresholds.maximumUnusableRatio,
  compute: ({ pictures }) => pictures.dark / pictures.measured,
  texts: {
    en: {
      title: "Dark pictures",
      measures: "pictures so dark that nothing can be seen",
      happened: "many pictures are black or nearly so",
      advice:
        "Stop trusting the answers to dark pictures: open some of the newest photographs where they come from, and look " +
        "at the camera's flash and lens cap, and at the program that sends the files.",
    },
    pt: {
      title: "Imagens escuras",
      measures: "imagens tão escuras que nada se vê",
      happened: "muitas imagens estão pretas ou quase",
      advice:
        "Não confie nas respostas a imagens escuras: abra algumas das fotografias mais novas na origem e verifique o " +
        "flash e a tampa da câmera, e o programa que envia os arquivos.",
    },
  },
};
