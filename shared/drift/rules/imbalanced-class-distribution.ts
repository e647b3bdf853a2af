import type { WindowFacts } from "../window/analysed-window.ts";
import type { DriftRule } from "./drift-rule.ts";
import { deviationOfShare } from "./shares.ts";

/** Nearly every answer is the same: the share of the most frequent class is above the limit. */
export const imbalancedClassDistribution: DriftRule = {
  name: "imbalanced_class_distribution",
  unit: "ratio",
  direction: "above",
  rank: 3,
  needs: null,
  readThreshold: (thresholds) => thresholds.maximumClassRatio,
  compute: computeLargestShare,
  deviation: (facts) => deviationOfShare(computeLargestShare(facts)),
  texts: {
    en: {
      title: "Largest class",
      measures: "share of the class predicted most often",
      happened: "nearly every answer is the same class",
      advice:
        "Ask whether the clinic really sends one kind of patient. If not, open some of the photographs: black, " +
        "cut or identical pictures all get the same answer. Then check the version that serves: npm run models.",
    },
    pt: {
      title: "Maior classe",
      measures: "proporção da classe mais frequente",
      happened: "quase toda resposta é a mesma classe",
      advice:
        "Pergunte se a clínica envia mesmo um só tipo de paciente. Se não, abra algumas fotografias: imagens pretas, " +
        "cortadas ou idênticas recebem a mesma resposta. Depois confira a versão em uso: npm run models.",
    },
  },
};

function computeLargestShare({ recent }: WindowFacts): number | null {
  const ratios = Object.values(recent.recent_class_ratio);
  return ratios.length === 0 ? null : Math.max(...ratios);
}
