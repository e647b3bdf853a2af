import type { WindowFacts } from "../window/analysed-window.ts";
import type { DriftRule } from "./drift-rule.ts";
import { usualShare } from "./shares.ts";

/** Nearly every answer is the same: the share of the most frequent class is above the limit. */
export const imbalancedClassDistribution: DriftRule = {
  name: "imbalanced_class_distribution",
  unit: "ratio",
  direction: "above",
  rank: 3,
  needs: null,
  readThreshold: (thresholds) => thresholds.maximumClassRatio,
  compute: (facts) => findLargestClass(facts)?.share ?? null,
  // The share of that class, since many of one class do not make many of another usual.
  computeUsual: ({ recent }, window) => {
    const name = findLargestClass(window)?.name;
    const shares = new Map(Object.entries(recent.recent_class_ratio));
    return usualShare(name === undefined ? null : (shares.get(name) ?? 0));
  },
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

function findLargestClass({ recent }: WindowFacts): { name: string; share: number } | undefined {
  return Object.entries(recent.recent_class_ratio)
    .map(([name, share]) => ({ name, share }))
    .sort((first, second) => second.share - first.share)[0];
}
